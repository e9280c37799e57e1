package io.edgeshard.runtime.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.checkpoint.TensorType;
import io.edgeshard.runtime.fixture.TinyModel;
import io.edgeshard.runtime.fixture.gguf.RetypedCheckpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole tiny models of every shape and type against an independent implementation. */
final class TinyModelTest {
  /** What float32 arithmetic may be off, of logits up to about 10. */
  private static final double ROUNDING = 2e-4;

  /** What activations rounded to 8 bits may be off on average. */
  private static final double INTEGER_ROUNDING = 0.25;

  private static final int TOKENS = 100;

  @TempDir private Path folder;

  static List<TinyModel> models() {
    return TinyModel.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void forward_exact_agreesWithReference(TinyModel model) {
    assertAgreement(model, Map.of(), WeightType.EXACT);
  }

  @ParameterizedTest
  @MethodSource("models")
  void forward_float32_agreesWithReference(TinyModel model) {
    assertAgreement(model, Map.of(), WeightType.FLOAT32);
  }

  @ParameterizedTest
  @MethodSource("models")
  void forward_fast_isCloseToReference(TinyModel model) {
    try (Checkpoint checkpoint = Checkpoint.open(model.writeTo(folder))) {
      int[] ids = tokens(checkpoint, TOKENS);
      double[][] expected = new ReferenceLlama(checkpoint).logits(ids);
      try (LocalPipeline pipeline = LocalPipeline.whole(checkpoint, WeightType.FAST)) {
        float[][] logits = pipeline.prefill(ids);
        double sum = 0;
        for (int t = 0; t < ids.length; t++) {
          for (int i = 0; i < logits[t].length; i++) {
            sum += Math.abs(logits[t][i] - expected[t][i]);
          }
        }
        assertThat(sum / ids.length / logits[0].length).isLessThan(INTEGER_ROUNDING);
      }
    }
  }

  static Stream<Map<String, TensorType>> mixedTypes() {
    return Stream.of(
        Map.of("attn_v.weight", TensorType.Q8_0),
        Map.of("attn_q.weight", TensorType.Q4_0, "attn_k.weight", TensorType.F16),
        Map.of("ffn_up.weight", TensorType.Q4_0, "ffn_down.weight", TensorType.Q8_0),
        Map.of(
            "ffn_gate.weight", TensorType.F32,
            "ffn_up.weight", TensorType.BF16,
            "attn_output.weight", TensorType.F16));
  }

  @ParameterizedTest
  @MethodSource("mixedTypes")
  void forward_typesMixedInALayer_agreesWithReference(Map<String, TensorType> types) {
    assertAgreement(TinyModel.grouped(), types, WeightType.EXACT);
  }

  private void assertAgreement(
      TinyModel model, Map<String, TensorType> types, WeightType weightType) {
    try (Checkpoint checkpoint =
            new RetypedCheckpoint(Checkpoint.open(model.writeTo(folder)), types);
        LocalPipeline pipeline = LocalPipeline.whole(checkpoint, weightType)) {
      int[] ids = tokens(checkpoint, TOKENS);
      double[][] expected = new ReferenceLlama(checkpoint).logits(ids);
      float[][] logits = pipeline.prefill(ids);
      for (int t = 0; t < ids.length; t++) {
        for (int i = 0; i < logits[t].length; i++) {
          assertThat((double) logits[t][i])
              .as("logit %d after token %d", i, t)
              .isCloseTo(expected[t][i], within(ROUNDING));
        }
      }
    }
  }

  static int[] tokens(Checkpoint checkpoint, int count) {
    return new Random(11).ints(count, 0, checkpoint.spec().vocabularySize()).toArray();
  }
}
