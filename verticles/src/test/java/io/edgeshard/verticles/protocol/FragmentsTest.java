package io.edgeshard.verticles.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.NodeId;
import io.edgeshard.planner.PlanId;
import io.edgeshard.runtime.kvcache.SequenceId;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FragmentsTest {
  private final Fragments fragments = new Fragments();

  @Test
  void cut_smallStep_isOneMessage() {
    RunStage step = step(0, Fragments.MAX_BYTES);
    assertThat(Fragments.cut(step)).containsExactly(step);
  }

  @Test
  void cut_largeStep_isPutTogetherAgain() {
    RunStage step = step(0, 3 * Fragments.MAX_BYTES + 1);
    List<RunStage> parts = Fragments.cut(step);
    assertThat(parts)
        .hasSize(4)
        .allSatisfy(
            part -> assertThat(part.payload().length()).isLessThanOrEqualTo(Fragments.MAX_BYTES));
    for (RunStage part : parts.subList(0, 3)) {
      assertThat(fragments.add(part)).isEmpty();
    }
    assertThat(fragments.add(parts.get(3))).contains(step);
  }

  @Test
  void add_twoSequencesInterleaved_keepsThemApart() {
    RunStage one = step(0, 2 * Fragments.MAX_BYTES);
    RunStage other = step(0, 2 * Fragments.MAX_BYTES);
    fragments.add(Fragments.cut(one).get(0));
    fragments.add(Fragments.cut(other).get(0));
    assertThat(fragments.add(Fragments.cut(one).get(1))).contains(one);
    assertThat(fragments.add(Fragments.cut(other).get(1))).contains(other);
  }

  @Test
  void add_fragmentLost_dropsTheStep() {
    List<RunStage> parts = Fragments.cut(step(0, 3 * Fragments.MAX_BYTES));
    fragments.add(parts.get(0));
    assertThat(fragments.add(parts.get(2))).isEmpty();
    assertThat(fragments.add(parts.get(1))).isEmpty();
    assertThat(fragments.add(parts.get(2))).isEmpty();
  }

  @Test
  void add_lastFragmentOfAnotherStep_isNotMixedIn() {
    RunStage first = step(0, 2 * Fragments.MAX_BYTES);
    RunStage second =
        new RunStage(
            new StepId(first.step().plan(), first.step().sequence(), 1),
            first.source(),
            1,
            0,
            1,
            false,
            RunStage.ElementType.FLOAT32,
            0,
            1,
            List.of(),
            first.payload());
    fragments.add(Fragments.cut(first).get(0));
    assertThat(fragments.add(Fragments.cut(second).get(1))).isEqualTo(Optional.empty());
  }

  @Test
  void forget_partialStep_isGone() {
    List<RunStage> parts = Fragments.cut(step(0, 2 * Fragments.MAX_BYTES));
    fragments.add(parts.get(0));
    fragments.forget(parts.get(0).step().sequence());
    assertThat(fragments.add(parts.get(1))).isEmpty();
  }

  private static RunStage step(int number, int bytes) {
    byte[] payload = new byte[bytes];
    new Random(bytes).nextBytes(payload);
    return new RunStage(
        new StepId(new PlanId(1), SequenceId.random(), number),
        new NodeId("source"),
        1,
        0,
        1,
        false,
        RunStage.ElementType.FLOAT32,
        0,
        1,
        List.of(),
        Buffer.buffer(payload));
  }
}
