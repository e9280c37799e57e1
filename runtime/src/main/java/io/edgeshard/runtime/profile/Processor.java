package io.edgeshard.runtime.profile;

import io.edgeshard.runtime.profile.linux.CpuInfo;
import io.edgeshard.runtime.profile.linux.CpuQuota;
import java.nio.file.Path;
import java.util.List;

/**
 * What this machine computes with.
 *
 * @param model as the system names it; the architecture where it does not
 * @param cores that this process may use at once: fewer than the machine's, and no whole number,
 *     under the limits of a container
 * @param instructionSet of the extensions that make inference faster, those that it has, sorted
 */
public record Processor(String model, double cores, List<String> instructionSet) {
  public Processor {
    instructionSet = List.copyOf(instructionSet);
    if (model.isBlank() || !(cores > 0) || Double.isInfinite(cores)) {
      throw new IllegalArgumentException(
          "expected a processor with a name and more than 0 cores, found '%s' with %s"
              .formatted(model, cores));
    }
  }

  /** This machine's. */
  public static Processor current() {
    CpuInfo info = CpuInfo.read(Path.of("/proc/cpuinfo"));
    // The JVM counts the set of processors that it may run on, and rounds a quota.
    double cores = Runtime.getRuntime().availableProcessors();
    double quota = new CpuQuota(Path.of("/")).cores().orElse(cores);
    return new Processor(
        info.model().orElse(System.getProperty("os.arch", "unknown")),
        Math.min(cores, quota),
        info.instructionSet());
  }
}
