package io.edgeshard.runtime.profile.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CpuInfoTest {
  @Test
  void of_x86_namesModelAndWhatMatters() {
    CpuInfo info =
        CpuInfo.of(
            List.of(
                "processor\t: 0",
                "model\t\t: 17",
                "model name\t: AMD EPYC",
                "flags\t\t: fpu avx avx2 avx512f avx512_vnni avx_vnni avx512fp16",
                "",
                "processor\t: 1",
                "model name\t: AMD EPYC",
                "flags\t\t: fpu avx avx2 avx512f avx512_vnni avx_vnni avx512fp16"));
    assertThat(info.model()).contains("AMD EPYC");
    assertThat(info.instructionSet()).containsExactly("avx2", "avx512_vnni", "avx512f", "avx_vnni");
  }

  @Test
  void of_arm64_countsAsimdAsNeon() {
    CpuInfo info =
        CpuInfo.of(
            List.of(
                "processor\t: 0",
                "Features\t: fp asimd evtstrm i8mm sve",
                "Model\t\t: Raspberry Pi 5 Model B Rev 1.0"));
    assertThat(info.model()).contains("Raspberry Pi 5 Model B Rev 1.0");
    assertThat(info.instructionSet()).containsExactly("i8mm", "neon", "sve");
  }

  @Test
  void read_noSuchFile_knowsNothing() {
    CpuInfo info = CpuInfo.read(Path.of("/proc/no-such-file"));
    assertThat(info.model()).isEmpty();
    assertThat(info.instructionSet()).isEmpty();
  }
}
