package io.edgeshard.runtime.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.fixture.TinyModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a sequence's tokens are spread over steps, and beside whom, it says the same. */
final class SequencesTest {
  private static final float ROUNDING = 1e-4f;
  private static final int PROMPT = 150;
  private static final int STEPS = 12;

  @TempDir private Path folder;
  private Checkpoint checkpoint;
  private LocalPipeline pipeline;

  @BeforeEach
  void load() {
    checkpoint = Checkpoint.open(TinyModel.grouped().writeTo(folder));
    pipeline = new LocalPipeline(checkpoint, WeightType.EXACT, 1, List.of(1));
  }

  @AfterEach
  void close() {
    pipeline.close();
    checkpoint.close();
  }

  @Test
  void forward_oneTokenAtATime_agreesWithWholePrefill() {
    int[] ids = TinyModelTest.tokens(checkpoint, PROMPT);
    float[][] whole = pipeline.prefill(ids);
    int sequence = pipeline.open();
    for (int t = 0; t < ids.length; t++) {
      float[] logits = pipeline.forward(sequence, t, new int[] {ids[t]}, 1)[0];
      assertAgree(logits, whole[t]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 64, 149})
  void forward_inChunks_agreesWithWholePrefill(int chunk) {
    int[] ids = TinyModelTest.tokens(checkpoint, PROMPT);
    float[][] whole = pipeline.prefill(ids);
    int sequence = pipeline.open();
    for (int from = 0; from < ids.length; from += chunk) {
      int to = Math.min(from + chunk, ids.length);
      float[][] logits =
          pipeline.forward(sequence, from, Arrays.copyOfRange(ids, from, to), to - from);
      for (int t = from; t < to; t++) {
        assertAgree(logits[t - from], whole[t]);
      }
    }
  }

  @Test
  void forward_noLogitsWanted_givesNoneAndFillsTheCache() {
    int[] ids = TinyModelTest.tokens(checkpoint, PROMPT);
    float[][] whole = pipeline.prefill(ids);
    int sequence = pipeline.open();
    int[] first = Arrays.copyOf(ids, PROMPT - 1);
    assertThat(pipeline.forward(sequence, 0, first, 0)).isEmpty();
    int[] last = {ids[PROMPT - 1]};
    assertAgree(pipeline.forward(sequence, PROMPT - 1, last, 1)[0], whole[PROMPT - 1]);
  }

  @Test
  void forward_twoSequencesInTurns_eachIsIdenticalToAlone() {
    int[] first = TinyModelTest.tokens(checkpoint, PROMPT);
    int[] second = Arrays.copyOfRange(first, 40, 120);
    List<float[]> firstAlone = answer(pipeline.open(), first);
    List<float[]> secondAlone = answer(pipeline.open(), second);

    int one = pipeline.open();
    int two = pipeline.open();
    List<float[]> firstBeside = new ArrayList<>();
    List<float[]> secondBeside = new ArrayList<>();
    firstBeside.add(pipeline.forward(one, 0, first, 1)[0]);
    secondBeside.add(pipeline.forward(two, 0, second, 1)[0]);
    for (int step = 0; step < STEPS; step++) {
      firstBeside.add(next(one, first.length + step, firstBeside));
      secondBeside.add(next(two, second.length + step, secondBeside));
    }

    assertThat(firstBeside).containsExactlyElementsOf(firstAlone);
    assertThat(secondBeside).containsExactlyElementsOf(secondAlone);
  }

  @Test
  void forward_positionBeforeTheEnd_overwritesWhatCameAfter() {
    int[] ids = TinyModelTest.tokens(checkpoint, PROMPT);
    int sequence = pipeline.open();
    pipeline.forward(sequence, 0, new int[] {1, 2, 3, 4, 5, 6}, 0);
    pipeline.forward(sequence, 0, Arrays.copyOf(ids, 3), 0);
    assertThat(pipeline.stages().get(0).length(sequence)).isEqualTo(3);
    float[][] rest = pipeline.forward(sequence, 3, Arrays.copyOfRange(ids, 3, PROMPT), PROMPT - 3);
    assertAgree(rest[PROMPT - 4], pipeline.prefill(ids)[PROMPT - 1]);
  }

  private List<float[]> answer(int sequence, int[] prompt) {
    List<float[]> logits = new ArrayList<>();
    logits.add(pipeline.forward(sequence, 0, prompt, 1)[0]);
    for (int step = 0; step < STEPS; step++) {
      logits.add(next(sequence, prompt.length + step, logits));
    }
    pipeline.release(sequence);
    return logits;
  }

  private float[] next(int sequence, int position, List<float[]> logits) {
    int[] id = {LocalPipeline.likeliest(logits.get(logits.size() - 1))};
    return pipeline.forward(sequence, position, id, 1)[0];
  }

  private static void assertAgree(float[] actual, float[] expected) {
    assertThat(LocalPipeline.likeliest(actual)).isEqualTo(LocalPipeline.likeliest(expected));
    assertThat(actual).containsExactly(expected, within(ROUNDING));
  }
}
