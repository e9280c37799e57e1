package io.edgeshard.verticles.profile.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.profile.node.LinkMeter.Figures;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureLink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A link whose time passes on a scripted clock. */
class LinkMeterTest {
  private static final double NANOS_PER_MS = 1e6;
  private long now;
  private int trips;
  private int lulls;
  private long lullNanos;

  @Test
  void measure_fastLink_findsLatencyAndRate() {
    Figures found = measure(new ScriptedLink(0.4, 1e9), false);
    assertThat(found.latencyMs()).isCloseTo(0.4, within(1e-3));
    assertThat(found.bytesPerSecond()).isCloseTo(1e9, within(1e6));
    assertThat(found.spread()).isZero();
  }

  @Test
  void measure_slowLink_endsWithinTheLimitAndFindsTheRate() {
    // 1 Mbit/s and 20 ms: a fragment takes half a second.
    Figures found = measure(new ScriptedLink(20, 125_000), false);
    assertThat(found.latencyMs()).isCloseTo(20, within(0.1));
    assertThat(found.bytesPerSecond()).isCloseTo(125_000, within(500.0));
    assertThat(Duration.ofNanos(now)).isLessThan(Duration.ofMillis(2700));
  }

  @Test
  void measure_tripsHeldUpByOtherWork_doNotCount() {
    ScriptedLink heldUp =
        new ScriptedLink(0.4, 1e7) {
          @Override
          public CompletionStage<Long> roundTrip(NodeId to, int bytes, int count) {
            boolean isHeldUp = trips % 3 > 0;
            now += isHeldUp ? (long) (30 * NANOS_PER_MS) : 0;
            return super.roundTrip(to, bytes, count)
                .thenApply(nanos -> nanos + (isHeldUp ? (long) (30 * NANOS_PER_MS) : 0));
          }
        };
    Figures found = measure(heldUp, false);
    assertThat(found.latencyMs()).isCloseTo(0.4, within(0.01));
    assertThat(found.bytesPerSecond()).isCloseTo(1e7, within(1e5));
    assertThat(found.spread()).isPositive();
  }

  @Test
  void measure_gently_sendsFewMessages() {
    measure(new ScriptedLink(0.4, 1e9), true);
    assertThat(trips).isEqualTo(7);
  }

  @Test
  void measure_requestsAreServedMeanwhile_waitsBeforeEachTripAndMeasuresAllTheSame() {
    measure(new ScriptedLink(0.5, 1e9), false);
    int undisturbed = trips;
    lullNanos = 3_000_000_000L;
    trips = 0;
    lulls = 0;

    Figures figures = measure(new ScriptedLink(0.5, 1e9), false);

    assertThat(trips).isEqualTo(undisturbed);
    assertThat(lulls).isEqualTo(undisturbed);
    assertThat(figures.latencyMs()).isCloseTo(0.5, within(0.05));
  }

  @Test
  void measure_gently_waitsForNobody() {
    measure(new ScriptedLink(0.5, 1e9), true);
    assertThat(lulls).isZero();
  }

  @Test
  void measure_nobodyAnswers_fails() {
    LinkMeter.Bus broken =
        new ScriptedLink(1, 1) {
          @Override
          public CompletionStage<Long> roundTrip(NodeId to, int bytes, int count) {
            return CompletableFuture.failedFuture(new IllegalStateException("no handlers"));
          }
        };
    assertThatThrownBy(() -> measure(broken, false))
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("no handlers");
  }

  private Figures measure(LinkMeter.Bus link, boolean gentle) {
    return new LinkMeter(link, () -> now)
        .measure(new MeasureLink(new NodeId("b"), "member", 2304, gentle))
        .toCompletableFuture()
        .join();
  }

  private class ScriptedLink implements LinkMeter.Bus {
    private final double latencyMs;
    private final double bytesPerSecond;

    ScriptedLink(double latencyMs, double bytesPerSecond) {
      this.latencyMs = latencyMs;
      this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public CompletionStage<?> lull() {
      lulls++;
      now += lullNanos;
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Long> roundTrip(NodeId to, int bytes, int count) {
      trips++;
      double ms = 2 * latencyMs + 1000.0 * bytes * count / bytesPerSecond;
      now += (long) (ms * NANOS_PER_MS);
      return CompletableFuture.completedFuture((long) (ms * NANOS_PER_MS));
    }

    @Override
    public CompletionStage<?> pause(Duration length) {
      now += length.toNanos();
      return CompletableFuture.completedFuture(null);
    }
  }
}
