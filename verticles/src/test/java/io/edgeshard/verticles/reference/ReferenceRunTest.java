package io.edgeshard.verticles.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cost.MemoryModel;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.fixture.TinyModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceRunTest {
  private static final int[] PROMPT = {5, 9, 17, 4};
  private static final long ROOMY = 4L << 30;
  @TempDir Path folder;

  @Test
  void answer_rangeByRange_isThatOfTheWhole() {
    try (Checkpoint checkpoint = Checkpoint.open(TinyModel.grouped().writeTo(folder))) {
      ReferenceRun whole = run(checkpoint, ROOMY);
      ReferenceRun parts = run(checkpoint, wholeBytes(checkpoint) - 1);
      assertThat(whole.rangeCount(7)).isEqualTo(1);
      assertThat(parts.rangeCount(7)).isGreaterThan(1);
      ExpectedAnswer expected = whole.answer(PROMPT, 3);
      assertThat(expected.tokens()).hasSize(3);
      assertThat(expected.difference(parts.answer(PROMPT, 3).tokens())).isEmpty();
    }
  }

  @Test
  void answer_notOneLayerFits_saysWhatToDo() {
    try (Checkpoint checkpoint = Checkpoint.open(TinyModel.grouped().writeTo(folder))) {
      assertThatThrownBy(() -> run(checkpoint, 1000).answer(PROMPT, 3))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("give this node more with --memory");
    }
  }

  @Test
  void get_again_isNotComputedAgain() {
    ExpectedAnswer answer =
        new ExpectedAnswer("exact", List.of(1), List.of(new ExpectedAnswer.Token(2, -0.5f)));
    AtomicInteger computed = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      ReferenceStore store = new ReferenceStore(folder);
      assertThat(
              store.get(
                  "key",
                  () -> {
                    computed.incrementAndGet();
                    return answer;
                  }))
          .isEqualTo(answer);
    }
    assertThat(computed).hasValue(1);
  }

  private static ReferenceRun run(Checkpoint checkpoint, long memoryLimitBytes) {
    return new ReferenceRun(checkpoint, WeightType.EXACT, 1, memoryLimitBytes);
  }

  private static long wholeBytes(Checkpoint checkpoint) {
    int tokens = PROMPT.length + 3;
    return new MemoryModel(checkpoint.spec(), WeightType.EXACT, new Workload(tokens, 1, tokens))
        .estimate(MemoryOffer.of(ROOMY), checkpoint.spec().allLayers(), true, true)
        .totalBytes();
  }
}
