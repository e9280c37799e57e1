package io.edgeshard.runtime.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.fixture.TinyModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The sharded model says what the whole model says, bit for bit. */
final class PartitionTest {
  private static final int PROMPT = 20;
  private static final int STEPS = 6;
  private static final int MOST_STAGES = 4;

  @TempDir private Path folder;

  static List<TinyModel> models() {
    return TinyModel.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void forward_anyCutIntoOneToFourStages_givesIdenticalLogits(TinyModel model) {
    try (Checkpoint checkpoint = Checkpoint.open(model.writeTo(folder))) {
      int[] ids = TinyModelTest.tokens(checkpoint, PROMPT);
      List<float[]> whole = answer(checkpoint, List.of(), ids);
      for (List<Integer> cuts : cuts(checkpoint.spec().layerCount())) {
        List<float[]> cut = answer(checkpoint, cuts, ids);
        for (int step = 0; step < whole.size(); step++) {
          assertThat(cut.get(step)).as("cut %s step %d", cuts, step).isEqualTo(whole.get(step));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(WeightType.class)
  void forward_stagesOfEmbeddingAndHeadAlone_giveIdenticalLogits(WeightType weightType) {
    try (Checkpoint checkpoint = Checkpoint.open(TinyModel.grouped().writeTo(folder))) {
      int[] ids = TinyModelTest.tokens(checkpoint, PROMPT);
      List<Integer> cuts = List.of(0, checkpoint.spec().layerCount());
      List<float[]> whole = answer(checkpoint, weightType, List.of(), ids);
      List<float[]> cut = answer(checkpoint, weightType, cuts, ids);
      for (int step = 0; step < whole.size(); step++) {
        assertThat(cut.get(step)).as("step %d", step).isEqualTo(whole.get(step));
      }
    }
  }

  private static List<float[]> answer(Checkpoint checkpoint, List<Integer> cuts, int[] ids) {
    return answer(checkpoint, WeightType.EXACT, cuts, ids);
  }

  private static List<float[]> answer(
      Checkpoint checkpoint, WeightType weightType, List<Integer> cuts, int[] ids) {
    List<float[]> logits = new ArrayList<>();
    try (LocalPipeline pipeline = new LocalPipeline(checkpoint, weightType, 1, cuts)) {
      int sequence = pipeline.open();
      assertThat(pipeline.forward(sequence, 0, ids, 0)).isEmpty();
      logits.addAll(List.of(pipeline.forward(sequence, 0, ids, ids.length)));
      for (int step = 0; step < STEPS; step++) {
        int[] next = {LocalPipeline.likeliest(logits.get(logits.size() - 1))};
        logits.addAll(List.of(pipeline.forward(sequence, PROMPT + step, next, 1)));
      }
    }
    return logits;
  }

  /**
   * Every way to cut so many layers, empty stages before the first layer and after the last too.
   */
  private static List<List<Integer>> cuts(int layers) {
    List<List<Integer>> all = new ArrayList<>();
    extend(List.of(), layers, all);
    return all;
  }

  private static void extend(List<Integer> cuts, int layers, List<List<Integer>> all) {
    if (!cuts.isEmpty()) {
      all.add(cuts);
    }
    if (cuts.size() + 1 == MOST_STAGES) {
      return;
    }
    int first = cuts.isEmpty() ? 0 : cuts.get(cuts.size() - 1) + 1;
    for (int cut = first; cut <= layers; cut++) {
      List<Integer> longer = new ArrayList<>(cuts);
      longer.add(cut);
      extend(longer, layers, all);
    }
  }
}
