package io.edgeshard.verticles.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.runtime.ModelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** When what a node does for itself may go on. */
class StageActivityTest {
  /** Whether something is served at each look; the last holds on. */
  private final Deque<Boolean> serving = new ArrayDeque<>();

  private final ScriptedWaiting waiting = new ScriptedWaiting();
  private final StageActivity activity =
      new StageActivity(() -> serving.size() > 1 ? serving.remove() : serving.element(), waiting);

  /** Time passes as it is waited for. */
  private static final class ScriptedWaiting implements StageActivity.Waiting {
    private long nowNanos;
    private boolean interrupted;

    @Override
    public long nanoTime() {
      return nowNanos;
    }

    @Override
    public void pass(Duration length) throws InterruptedException {
      if (interrupted) {
        throw new InterruptedException();
      }
      nowNanos += length.toNanos();
    }
  }

  @Test
  void await_nothingServed_returnsAtOnce() {
    serving.add(false);
    activity.await();
    assertThat(waiting.nowNanos).isZero();
  }

  @Test
  void await_served_waitsUntilItWasQuietForAMoment() {
    serving.add(true);
    serving.add(true);
    serving.add(false);
    serving.add(true);
    serving.add(false);
    activity.await();
    // Four looks, of which the last saw something, and then the moment.
    assertThat(Duration.ofNanos(waiting.nowNanos)).isEqualTo(Duration.ofMillis(3 * 20 + 1000));
    assertThat(activity.isQuiet()).isTrue();
  }

  @Test
  void await_servedAllTheTime_endsWithASentence() {
    serving.add(true);
    assertThatThrownBy(activity::await)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("found requests being served for 150 s");
  }

  @Test
  void await_nodeEnds_ends() {
    serving.add(true);
    waiting.interrupted = true;
    assertThatThrownBy(activity::await).hasMessageContaining("the node ends");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void served_countsAsADisturbance() {
    long before = activity.disturbances();
    activity.served();
    assertThat(activity.disturbances()).isEqualTo(before + 1);
  }
}
