package io.edgeshard.runtime.profile.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What Linux says of a processor; nothing on other systems.
 *
 * @param model its name, which ARM kernels leave out
 * @param instructionSet extensions that matter here, sorted
 */
public record CpuInfo(Optional<String> model, List<String> instructionSet) {
  private static final Set<String> MATTERS =
      Set.of("avx2", "avx512f", "avx512_vnni", "avx_vnni", "neon", "i8mm", "sve");

  /** Of a file such as {@code /proc/cpuinfo}; nothing where it cannot be read. */
  public static CpuInfo read(Path file) {
    if (!Files.isReadable(file)) {
      return new CpuInfo(Optional.empty(), List.of());
    }
    try {
      return of(Files.readAllLines(file));
    } catch (IOException e) {
      return new CpuInfo(Optional.empty(), List.of());
    }
  }

  static CpuInfo of(List<String> lines) {
    Set<String> found = new TreeSet<>();
    Stream.of("flags", "Features")
        .flatMap(key -> values(lines, key))
        .flatMap(value -> Stream.of(value.split("\\s+", -1)))
        // 64-bit ARM kernels call Neon by the name of what came before it.
        .map(flag -> flag.equals("asimd") ? "neon" : flag)
        .filter(MATTERS::contains)
        .forEach(found::add);
    Optional<String> model =
        Stream.of("model name", "Model").flatMap(key -> values(lines, key)).findFirst();
    return new CpuInfo(model, List.copyOf(found));
  }

  private static Stream<String> values(List<String> lines, String key) {
    return lines.stream()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
        .map(parts -> parts[1].strip())
        .filter(value -> !value.isEmpty());
  }
}
