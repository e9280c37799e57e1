package io.edgeshard.verticles.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StageQueueTest {
  private final StageQueue queue = new StageQueue(3, 8);
  private final List<String> done = new ArrayList<>();

  @Test
  void poll_steps_comeInTheOrderSent() {
    offer("a");
    offer("b");
    offer("c");
    runAll();
    assertThat(done).containsExactly("a", "b", "c");
  }

  @Test
  void poll_command_comesBeforeSteps() {
    offer("a");
    assertThat(queue.offerCommand(() -> done.add("release"))).isTrue();
    runAll();
    assertThat(done).containsExactly("release", "a");
  }

  @Test
  void poll_empty_isEmpty() {
    assertThat(queue.poll()).isEqualTo(Optional.empty());
  }

  @Test
  void offerStep_full_isRefusedUntilThereIsRoom() {
    for (int i = 0; i < 8; i++) {
      offer("a");
    }
    assertThat(queue.stepCount()).isEqualTo(8);
    assertThat(queue.offerStep(() -> {})).isFalse();
    queue.poll();
    assertThat(queue.offerStep(() -> {})).isTrue();
  }

  @Test
  void offerCommand_tooManyWait_isRefusedUntilThereIsRoom() {
    for (int i = 0; i < 3; i++) {
      assertThat(queue.offerCommand(() -> done.add("command"))).isTrue();
    }
    assertThat(queue.offerCommand(() -> done.add("too many"))).isFalse();
    queue.addLastCommand(() -> done.add("last"));
    runAll();
    assertThat(done).containsExactly("command", "command", "command", "last");
    assertThat(queue.offerCommand(() -> {})).isTrue();
  }

  private void offer(String step) {
    assertThat(queue.offerStep(() -> done.add(step))).isTrue();
  }

  private void runAll() {
    Optional<Runnable> next = queue.poll();
    while (next.isPresent()) {
      next.get().run();
      next = queue.poll();
    }
  }
}
