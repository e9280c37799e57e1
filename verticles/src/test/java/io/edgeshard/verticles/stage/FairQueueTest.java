package io.edgeshard.verticles.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.verticles.protocol.SequenceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairQueueTest {
  private final FairQueue queue = new FairQueue(3, 8);
  private final List<String> done = new ArrayList<>();
  private final SequenceId one = SequenceId.random();
  private final SequenceId other = SequenceId.random();

  @Test
  void poll_stepsOfSeveralSequences_takesThemInTurn() {
    offer(one, "a0", "a1", "a2");
    offer(other, "b0");
    offer(other, "b1");
    runAll();
    assertThat(done).containsExactly("a0", "b0", "a1", "b1", "a2");
  }

  @Test
  void poll_order_comesBeforeSteps() {
    offer(one, "a0");
    assertThat(queue.offerOrder(() -> done.add("release"))).isTrue();
    runAll();
    assertThat(done).containsExactly("release", "a0");
  }

  @Test
  void poll_empty_isEmpty() {
    assertThat(queue.poll()).isEqualTo(Optional.empty());
  }

  @Test
  void offerStep_full_isRefusedUntilThereIsRoom() {
    for (int i = 0; i < 8; i++) {
      assertThat(queue.offerStep(one, () -> {})).isTrue();
    }
    assertThat(queue.offerStep(other, () -> {})).isFalse();
    queue.poll();
    assertThat(queue.offerStep(other, () -> {})).isTrue();
  }

  @Test
  void offerOrder_tooManyWait_isRefusedUntilThereIsRoom() {
    for (int i = 0; i < 3; i++) {
      assertThat(queue.offerOrder(() -> done.add("order"))).isTrue();
    }
    assertThat(queue.offerOrder(() -> done.add("too many"))).isFalse();
    queue.addLastOrder(() -> done.add("last"));
    runAll();
    assertThat(done).containsExactly("order", "order", "order", "last");
    assertThat(queue.offerOrder(() -> {})).isTrue();
  }

  @Test
  void drop_sequence_takesItsStepsOnly() {
    offer(one, "a0", "a1");
    offer(other, "b0");
    queue.drop(one);
    assertThat(queue.stepCount()).isEqualTo(1);
    runAll();
    assertThat(done).containsExactly("b0");
  }

  private void offer(SequenceId sequence, String... steps) {
    for (String step : steps) {
      assertThat(queue.offerStep(sequence, () -> done.add(step))).isTrue();
    }
  }

  private void runAll() {
    Optional<Runnable> next = queue.poll();
    while (next.isPresent()) {
      next.get().run();
      next = queue.poll();
    }
  }
}
