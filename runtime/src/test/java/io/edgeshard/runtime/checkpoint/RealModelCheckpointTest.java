package io.edgeshard.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.RopeSpec;
import io.edgeshard.runtime.fixture.RealModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RealModelCheckpointTest {
  private static Checkpoint checkpoint;

  @BeforeAll
  static void open() {
    checkpoint = Checkpoint.open(RealModel.path());
  }

  @AfterAll
  static void close() {
    checkpoint.close();
  }

  @Test
  void spec_realModel_isWhatItsAuthorsPublished() {
    ModelSpec spec = checkpoint.spec();

    assertThat(spec.name()).isEqualTo("SmolLM2-135M-Instruct.Q4_1");
    assertThat(spec.architecture()).isEqualTo("llama");
    assertThat(spec.layerCount()).isEqualTo(30);
    assertThat(spec.hiddenSize()).isEqualTo(576);
    assertThat(spec.headCount()).isEqualTo(9);
    assertThat(spec.kvHeadCount()).isEqualTo(3);
    assertThat(spec.headDim()).isEqualTo(64);
    assertThat(spec.feedForwardSize()).isEqualTo(1536);
    assertThat(spec.vocabularySize()).isEqualTo(49152);
    assertThat(spec.contextLength()).isEqualTo(8192);
    assertThat(spec.normEpsilon()).isEqualTo(1e-5f);
    assertThat(spec.rope()).isEqualTo(new RopeSpec(100_000, 64, new RopeSpec.NoScaling()));
    assertThat(spec.tiedHead()).isTrue();
  }

  @Test
  void weights_realModel_addUpToTheFile() {
    ModelSpec spec = checkpoint.spec();
    long layers = spec.layers().stream().mapToLong(PartWeights::fileBytes).sum();
    long norm = 576L * 4;

    assertThat(spec.embedding().fileBytes()).isEqualTo(49152L * 576 / 32 * 34);
    assertThat(spec.head().fileBytes()).isEqualTo(spec.embedding().fileBytes() + norm);
    // 1,785,664 bytes of header: all tensors are multiples of the alignment.
    assertThat(1_785_664 + spec.embedding().fileBytes() + layers + norm)
        .isEqualTo(RealModel.SIZE_BYTES);
  }

  @Test
  void tensor_realModel_hasTypeAndShape() {
    TensorSlice down = checkpoint.tensor("blk.29.ffn_down.weight");
    assertThat(down.type()).isEqualTo(TensorType.Q4_1);
    assertThat(down.rows()).isEqualTo(576);
    assertThat(down.columns()).isEqualTo(1536);
    assertThat(down.data().remaining()).isEqualTo(576 * 1536 / 32 * 20);
    assertThat(down.data().isReadOnly()).isTrue();
    assertThat(checkpoint.tensor("token_embd.weight").type()).isEqualTo(TensorType.Q8_0);
    TensorSlice norm = checkpoint.tensor("output_norm.weight");
    assertThat(norm.type()).isEqualTo(TensorType.F32);
    assertThat(norm.rows()).isEqualTo(1);
    assertThat(norm.columns()).isEqualTo(576);
    assertThat(checkpoint.find("output.weight")).isEmpty();
  }

  @Test
  void metadata_realModel_givesTokenizerAndTemplate() {
    Metadata metadata = checkpoint.metadata();

    assertThat(metadata.string("tokenizer.ggml.pre")).contains("smollm");
    assertThat(metadata.strings("tokenizer.ggml.tokens").orElseThrow())
        .hasSize(49152)
        .startsWith("<|endoftext|>", "<|im_start|>", "<|im_end|>");
    assertThat(metadata.integers("tokenizer.ggml.token_type").orElseThrow()).startsWith(3, 3, 3);
    assertThat(metadata.integer("tokenizer.ggml.eos_token_id")).contains(2L);
    assertThat(metadata.flag("tokenizer.ggml.add_bos_token")).contains(false);
    assertThat(metadata.string("tokenizer.chat_template").orElseThrow()).contains("<|im_start|>");
    assertThat(metadata.string("no.such.key")).isEmpty();
  }
}
