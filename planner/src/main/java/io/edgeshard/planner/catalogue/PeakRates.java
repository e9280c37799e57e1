package io.edgeshard.planner.catalogue;

/**
 * The most that a device computes, in operations per second: a multiplication and an addition are
 * two.
 *
 * @param float32 in float32, without matrix units
 * @param float16 in float16, with matrix units where there are any
 * @param int8 in 8-bit integers, with matrix units where there are any, without sparsity
 */
public record PeakRates(double float32, double float16, double int8) {
  private static final double TERA = 1e12;

  public PeakRates {
    if (!(float32 > 0) || !(float16 > 0) || !(int8 > 0)) {
      throw new IllegalArgumentException(
          "expected rates above 0, found %s, %s and %s".formatted(float32, float16, int8));
    }
  }

  static PeakRates tera(double float32, double float16, double int8) {
    return new PeakRates(float32 * TERA, float16 * TERA, int8 * TERA);
  }
}
