package io.edgeshard.runtime.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.fixture.RealModel;
import io.edgeshard.runtime.fixture.TinyModel;
import io.edgeshard.runtime.shard.step.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A row's values depend on its kind of run (alone, batched, in a chunk) and not on how many others
 * are computed with it, whose they are or where they lie: what answers under load rest on.
 */
final class BatchTest {
  private static final List<Integer> LENGTHS = List.of(31, 5, 64, 17, 40, 9, 23, 50);

  @TempDir private Path folder;

  @Test
  void forward_chunkAndRowsInOneStep_agreeWithEachAlone() {
    try (Checkpoint checkpoint = Checkpoint.open(TinyModel.grouped().writeTo(folder));
        LocalPipeline pipeline = new LocalPipeline(checkpoint, WeightType.EXACT, 1, List.of(1))) {
      int[] ids = TinyModelTest.tokens(checkpoint, 100);
      float[][] whole = pipeline.prefill(ids);
      for (int slot : List.of(1, 2, 5)) {
        pipeline.forward(slot, 0, Arrays.copyOf(ids, 10 * slot), 0);
      }
      List<Span> spans =
          List.of(
              new Span(5, 50, 1, 1),
              new Span(3, 0, 30, 2),
              new Span(2, 20, 1, 1),
              new Span(1, 10, 1, 1));
      int[] rows = new int[33];
      rows[0] = ids[50];
      System.arraycopy(ids, 0, rows, 1, 30);
      rows[31] = ids[20];
      rows[32] = ids[10];
      List<float[][]> logits = pipeline.forward(spans, rows);
      assertAgree(logits.get(0)[0], whole[50]);
      assertAgree(logits.get(1)[0], whole[28]);
      assertAgree(logits.get(1)[1], whole[29]);
      assertAgree(logits.get(2)[0], whole[20]);
      assertAgree(logits.get(3)[0], whole[10]);
      // What slots between computed for nobody has left no trace.
      assertAgree(pipeline.forward(4, 0, Arrays.copyOf(ids, 7), 1)[0], whole[6]);
    }
  }

  private static void assertAgree(float[] actual, float[] expected) {
    assertThat(actual).containsExactly(expected, within(1e-4f));
  }

  @ParameterizedTest
  @EnumSource(WeightType.class)
  void forward_realModelBatched_isTheSameBesideWhomever(WeightType weights) {
    try (Checkpoint checkpoint = Checkpoint.open(RealModel.path());
        LocalPipeline pipeline = new LocalPipeline(checkpoint, weights, 2, List.of())) {
      int[] ids = TinyModelTest.tokens(checkpoint, 80);
      for (int slot = 0; slot < LENGTHS.size(); slot++) {
        pipeline.forward(slot, 0, Arrays.copyOf(ids, LENGTHS.get(slot)), 0);
      }
      float[][] all = decode(pipeline, ids, List.of(0, 1, 2, 3, 4, 5, 6, 7));
      assertThat(decode(pipeline, ids, List.of(2, 3))).isEqualTo(new float[][] {all[2], all[3]});
      assertThat(decode(pipeline, ids, List.of(6, 4, 5)))
          .isEqualTo(new float[][] {all[6], all[4], all[5]});
      // Across a slot that computes for nobody.
      assertThat(decode(pipeline, ids, List.of(1, 3))).isEqualTo(new float[][] {all[1], all[3]});
      // Alone is another kind, which differs by rounding only where arithmetic is exact.
      float[] alone = decode(pipeline, ids, List.of(2))[0];
      if (weights == WeightType.EXACT) {
        assertThat(alone).containsExactly(all[2], within(1e-3f));
      }
    }
  }

  private static float[][] decode(LocalPipeline pipeline, int[] ids, List<Integer> slots) {
    List<Span> spans = new ArrayList<>();
    int[] rows = new int[slots.size()];
    for (int i = 0; i < rows.length; i++) {
      int length = LENGTHS.get(slots.get(i));
      spans.add(new Span(slots.get(i), length, 1, 1));
      rows[i] = ids[length];
    }
    return pipeline.forward(spans, rows).stream().map(row -> row[0]).toArray(float[][]::new);
  }
}
