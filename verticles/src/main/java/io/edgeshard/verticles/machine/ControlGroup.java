package io.edgeshard.verticles.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The memory limits of the container that this process runs in: Linux control groups, version 1 and
 * 2 (kernel documentation, cgroup-v1/memory.txt and cgroup-v2.rst). A limit of any group above
 * counts too. Where there are none, nothing is limited.
 */
public final class ControlGroup {
  /** Version 1 writes a number near the largest for no limit. */
  private static final long NO_LIMIT_BYTES = Long.MAX_VALUE / 2;

  private final Path root;
  private final List<String> memberships;

  private ControlGroup(Path root, List<String> memberships) {
    this.root = root;
    this.memberships = memberships;
  }

  /** The group of this process. */
  public static ControlGroup ofThisProcess() {
    return read(Path.of("/sys/fs/cgroup"), Path.of("/proc/self/cgroup"));
  }

  static ControlGroup read(Path root, Path memberships) {
    return new ControlGroup(root, lines(memberships));
  }

  /** The most memory that the group may use, in bytes. */
  public OptionalLong memoryLimitBytes() {
    return Stream.concat(
            values("", "memory.max").stream(), values("memory", "memory.limit_in_bytes").stream())
        .mapToLong(Memory::limit)
        .filter(bytes -> bytes < NO_LIMIT_BYTES)
        .min();
  }

  /** What is left of that, where it is limited; pages that can be given back count as left. */
  public OptionalLong memoryLeftBytes() {
    return Stream.concat(
            groups("").stream()
                .map(group -> new Memory(group, "memory.max", "memory.current", "inactive_file")),
            groups("memory").stream()
                .map(
                    group ->
                        new Memory(
                            group,
                            "memory.limit_in_bytes",
                            "memory.usage_in_bytes",
                            "total_inactive_file")))
        .flatMap(memory -> memory.left().stream().boxed())
        .mapToLong(Long::longValue)
        .min();
  }

  private record Memory(Path group, String limitFile, String usageFile, String givable) {
    OptionalLong left() {
      long limit = text(group.resolve(limitFile)).map(Memory::limit).orElse(Long.MAX_VALUE);
      OptionalLong used = text(group.resolve(usageFile)).map(ControlGroup::number).orElse(none());
      if (limit >= NO_LIMIT_BYTES || used.isEmpty()) {
        return none();
      }
      return OptionalLong.of(Math.max(0, limit - used.getAsLong() + givableBytes()));
    }

    private long givableBytes() {
      return lines(group.resolve("memory.stat")).stream()
          .filter(line -> line.startsWith(givable + " "))
          .mapToLong(line -> number(line.substring(givable.length() + 1)).orElse(0))
          .findFirst()
          .orElse(0);
    }

    static long limit(String text) {
      return number(text).orElse(Long.MAX_VALUE);
    }

    private static OptionalLong none() {
      return OptionalLong.empty();
    }
  }

  private List<String> values(String controller, String file) {
    return groups(controller).stream()
        .flatMap(group -> text(group.resolve(file)).stream())
        .toList();
  }

  /**
   * The folders of the groups that this process is in, as one controller sees them, the innermost
   * first. In a container the path may not be visible: then its root is the group.
   */
  private List<Path> groups(String controller) {
    Path top = controller.isEmpty() ? root : root.resolve(controller);
    Path inner =
        memberships.stream()
            .map(line -> line.split(":", 3))
            .filter(parts -> parts.length == 3)
            .filter(parts -> List.of(parts[1].split(",", -1)).contains(controller))
            .map(parts -> top.resolve(parts[2].replaceFirst("^/+", "")).normalize())
            .filter(path -> path.startsWith(top) && Files.isDirectory(path))
            .findFirst()
            .orElse(top);
    return Stream.iterate(inner, path -> path != null && path.startsWith(top), Path::getParent)
        .toList();
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException noNumber) {
      return OptionalLong.empty();
    }
  }

  private static Optional<String> text(Path file) {
    return lines(file).stream().findFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException absent) {
      return List.of();
    }
  }
}
