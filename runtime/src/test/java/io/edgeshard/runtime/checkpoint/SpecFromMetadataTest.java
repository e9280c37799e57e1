package io.edgeshard.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.RopeSpec;
import io.edgeshard.runtime.fixture.gguf.GgufWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts that a file leaves out, says in another way, or that need a computation. */
final class SpecFromMetadataTest {
  private Path folder = Path.of("");

  @BeforeEach
  void remember(@TempDir Path temporary) {
    folder = temporary;
  }

  @Test
  void spec_onlyWhatIsRequired_takesTheFormatsDefaults() {
    ModelSpec spec = open(new SmallGguf().without("llama.attention.head_count_kv"));

    assertThat(spec.name()).as("the file's, whatever its metadata says").isEqualTo("small");
    assertThat(spec.kvHeadCount()).isEqualTo(1);
    assertThat(spec.headDim()).isEqualTo(32);
    assertThat(spec.rope()).isEqualTo(new RopeSpec(10_000, 32, new RopeSpec.NoScaling()));
    assertThat(spec.tiedHead()).isTrue();
    assertThat(spec.vocabularySize()).isEqualTo(SmallGguf.TOKENS);
  }

  @Test
  void spec_version2_isReadLikeVersion3() {
    assertThat(open(new SmallGguf().with("version", gguf -> gguf.version(2))))
        .isEqualTo(open(new SmallGguf()));
  }

  @Test
  void spec_otherAlignment_isReadLikeTheUsual() {
    SmallGguf wide = new SmallGguf();
    ModelSpec usual = open(new SmallGguf());
    Path file =
        wide.writerOver(new GgufWriter().alignment(4096)).write(folder.resolve("small.gguf"));
    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      assertThat(checkpoint.spec()).isEqualTo(usual);
      assertThat(checkpoint.tensor("blk.0.ffn_down.weight").data().remaining()).isEqualTo(2048);
    }
  }

  @Test
  void rope_linearWithoutType_isLinear() {
    SmallGguf factor = new SmallGguf().float32("llama.rope.scaling.factor", 4);
    SmallGguf older = new SmallGguf().float32("llama.rope.scale_linear", 4);

    assertThat(open(factor).rope().scaling()).isEqualTo(new RopeSpec.LinearScaling(4));
    assertThat(open(older).rope().scaling()).isEqualTo(new RopeSpec.LinearScaling(4));
  }

  @Test
  void rope_typeNone_ignoresTheFactor() {
    SmallGguf none =
        new SmallGguf()
            .string("llama.rope.scaling.type", "none")
            .float32("llama.rope.scaling.factor", 4);

    assertThat(open(none).rope().scaling()).isEqualTo(new RopeSpec.NoScaling());
  }

  @Test
  void rope_factorsAndLinear_multiply() {
    float[] factors = new float[16];
    Arrays.fill(factors, 3);
    SmallGguf both =
        new SmallGguf()
            .float32("llama.rope.scaling.factor", 2)
            .with(
                "rope_freqs.weight",
                gguf -> gguf.tensor("rope_freqs.weight", TensorType.F32, 1, 16, factors));

    assertThat(open(both).rope().scaling())
        .isEqualTo(new RopeSpec.FactorScaling(Collections.nCopies(16, 6f)));
  }

  @Test
  void context_slidingWindow_endsWhereItWouldMatter() {
    assertThat(open(new SmallGguf().uint32("llama.attention.sliding_window", 48)).contextLength())
        .isEqualTo(48);
    assertThat(open(new SmallGguf().uint32("llama.attention.sliding_window", 0)).contextLength())
        .isEqualTo(64);
  }

  @Test
  void weights_eachType_takeWhatTheirBlocksTake() {
    ModelSpec spec = open(new SmallGguf());
    int matrix = 32 * 32;
    int blocks = matrix / 32;
    long norm = 32 * 4;

    assertThat(spec.embedding()).isEqualTo(new PartWeights(4 * 34, 4 * 34, 4 * 34, 4 * 34));
    assertThat(spec.head())
        .isEqualTo(
            new PartWeights(4 * 34 + norm, 4 * 32 * 4 + norm, 4 * 44 + norm, 4 * 32 * 4 + norm));
    long ones = 4L * matrix / 32;
    long exactFourBits = blocks * (5 * 20L + 24) + ones;
    long fastFourBits = blocks * (5 * 28L + 32) + ones;
    assertThat(spec.layers())
        .containsExactly(
            new PartWeights(
                blocks * (5 * 18L + 20) + matrix * 2L + 2 * norm,
                exactFourBits + matrix * 4L + 2 * norm,
                fastFourBits + matrix * 4L + 2 * norm,
                7L * matrix * 4 + 2 * norm));
  }

  private ModelSpec open(SmallGguf gguf) {
    try (Checkpoint checkpoint = Checkpoint.open(gguf.write(folder))) {
      return checkpoint.spec();
    }
  }
}
