package io.edgeshard.planner.catalogue;

/**
 * A device's memory.
 *
 * @param totalBytes as sold
 * @param usableBytes what a model and its process may take of it
 * @param bytesPerSecond peak rate of reading it
 */
public record DeviceMemory(long totalBytes, long usableBytes, double bytesPerSecond) {
  private static final double GIB = 1L << 30;
  private static final double GIGA = 1e9;

  public DeviceMemory {
    if (usableBytes <= 0 || usableBytes > totalBytes || !(bytesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "expected usable memory above 0 and at most %d bytes, and a rate above 0, found %d and %s"
              .formatted(totalBytes, usableBytes, bytesPerSecond));
    }
  }

  static DeviceMemory gib(double total, double usable, double gigabytesPerSecond) {
    return new DeviceMemory((long) (total * GIB), (long) (usable * GIB), gigabytesPerSecond * GIGA);
  }

  /** Memory of which the system keeps its part. */
  static DeviceMemory shared(double totalGib, double gigabytesPerSecond) {
    return gib(totalGib, totalGib * Calibration.USABLE_MEMORY.value(), gigabytesPerSecond);
  }
}
