package io.edgeshard.verticles.machine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Memory of this machine, or of the container this process runs in, in bytes.
 *
 * @param totalBytes what there is
 * @param freeBytes of it what is free; at most {@code totalBytes}
 */
public record HostMemory(long totalBytes, long freeBytes) {
  private static final long KIB = 1024;
  private static final double HEAD_ROOM = 0.1;

  public HostMemory {
    freeBytes = Math.max(0, Math.min(totalBytes, freeBytes));
  }

  /** As of now. */
  public static HostMemory now() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    ControlGroup group = ControlGroup.ofThisProcess();
    long total =
        Math.min(system.getTotalMemorySize(), group.memoryLimitBytes().orElse(Long.MAX_VALUE));
    long free =
        field(Path.of("/proc/meminfo"), "MemAvailable").orElseGet(system::getFreeMemorySize);
    return new HostMemory(total, Math.min(free, group.memoryLeftBytes().orElse(Long.MAX_VALUE)));
  }

  /** What a node may use when nobody says: what is free, less a tenth. */
  public static long usableBytes() {
    HostMemory now = now();
    return now.freeBytes() - now.headroomBytes();
  }

  /** What a node leaves free when nobody says: a tenth of what is free. */
  public long headroomBytes() {
    return (long) (freeBytes * HEAD_ROOM);
  }

  /** What this process takes; 0 where the system does not say. */
  public static long residentBytes() {
    return field(Path.of("/proc/self/status"), "VmRSS").orElse(0);
  }

  private static OptionalLong field(Path file, String name) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst();
    } catch (IOException notLinux) {
      return OptionalLong.empty();
    }
  }
}
