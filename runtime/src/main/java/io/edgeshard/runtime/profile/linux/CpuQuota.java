package io.edgeshard.runtime.profile.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How much processor time Linux's control groups leave this process, version 1 or 2: the least of
 * its own group and of those above it.
 */
public final class CpuQuota {
  private final Path root;

  /** As seen under a folder, {@code /} outside of tests. */
  public CpuQuota(Path root) {
    this.root = root;
  }

  /** Processors' worth of time; empty without a limit, or where it cannot be read. */
  public OptionalDouble cores() {
    return lines(root.resolve("proc/self/cgroup")).stream()
        .map(line -> line.split(":", 3))
        .filter(fields -> fields.length == 3)
        .flatMap(fields -> folders(fields[1], fields[2]).stream())
        .flatMap(folder -> Stream.of(version1(folder), version2(folder)))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .min();
  }

  // In a container the group's path is the host's, while what is mounted is the group itself: the
  // mount is looked at as well as the path within.
  private List<Path> folders(String controllers, String group) {
    boolean isVersion2 = controllers.isEmpty();
    List<String> named = List.of(controllers.split(",", -1));
    if (!isVersion2 && !named.contains("cpu")) {
      return List.of();
    }
    List<Path> mounts =
        isVersion2
            ? List.of(mount(""), mount("unified"))
            : List.of(mount("cpu"), mount(controllers));
    List<Path> folders = new ArrayList<>();
    for (Path mount : mounts) {
      Path folder = mount;
      folders.add(folder);
      for (String name : group.split("/", -1)) {
        folder = folder.resolve(name);
        folders.add(folder);
      }
    }
    return folders;
  }

  private Path mount(String name) {
    return root.resolve("sys/fs/cgroup").resolve(name).normalize();
  }

  private static OptionalDouble version1(Path folder) {
    List<String> quota = lines(folder.resolve("cpu.cfs_quota_us"));
    List<String> period = lines(folder.resolve("cpu.cfs_period_us"));
    return quota.isEmpty() || period.isEmpty()
        ? OptionalDouble.empty()
        : ratio(quota.get(0), period.get(0));
  }

  private static OptionalDouble version2(Path folder) {
    List<String> max = lines(folder.resolve("cpu.max"));
    String[] fields = max.isEmpty() ? new String[0] : max.get(0).split(" ", -1);
    return fields.length == 2 ? ratio(fields[0], fields[1]) : OptionalDouble.empty();
  }

  /** None for {@code max} and {@code -1}, which are no limit. */
  private static OptionalDouble ratio(String quota, String period) {
    try {
      double cores = (double) Long.parseLong(quota.strip()) / Long.parseLong(period.strip());
      return cores > 0 && Double.isFinite(cores)
          ? OptionalDouble.of(cores)
          : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private static List<String> lines(Path file) {
    if (!Files.isReadable(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
