package io.edgeshard.verticles.local;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Memory of this machine and this process, as the operating system counts it. Reads files. */
public final class HostMemory {
  private static final long KIB = 1024;
  private static final double HEAD_ROOM = 0.1;

  private HostMemory() {}

  /**
   * What a node may use when nobody says: what is free, less a tenth; limits of a container hold.
   */
  public static long usableBytes() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long free =
        field(Path.of("/proc/meminfo"), "MemAvailable").orElseGet(system::getFreeMemorySize);
    return (long) (Math.min(free, system.getTotalMemorySize()) * (1 - HEAD_ROOM));
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
