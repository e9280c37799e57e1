package io.edgeshard.verticles.profile.node;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.WireFormat;
import io.edgeshard.verticles.protocol.Fragments;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Measures one link. Not thread-safe: one event loop.
 *
 * <p>First come messages without a pause, since code that has just been loaded is slow and a
 * connection has to be opened. Then a message as large as the hidden states of one token goes to
 * the other node's shard thread and is answered with an empty one, again and again with a pause as
 * between two tokens; then series of the largest fragments, longer ones as long as they take next
 * to nothing. All times are by this node's clock alone. What a series takes longer than a row gives
 * the rate; half of a row's round trip, less the time of its bytes at that rate, is the latency.
 *
 * <p>Links are measured while a cluster starts, and what else a start does (classes that load, maps
 * that move, neighbours that measure on the same core) only ever makes a trip longer. So the lower
 * quartile of the trips counts, and traffic refines it later.
 */
final class LinkMeter {
  /** For one link. */
  static final Duration LIMIT = Duration.ofSeconds(2);

  private static final Pace USUAL = new Pace(60, 15, 3, 16, Duration.ofMillis(8));
  private static final Pace GENTLE = new Pace(1, 5, 1, 1, Duration.ofMillis(100));

  /** A series that takes so long tells the rate well enough. */
  private static final double LONG_SERIES_MS = 50;

  private static final double NANOS_PER_MS = 1e6;
  private static final double MS_PER_SECOND = 1000;

  private final Bus bus;
  private final LongSupplier nanoClock;

  /** What a meter needs of the bus; stages complete on the meter's event loop. */
  interface Bus {
    /**
     * Sends {@code count} messages of {@code bytes} each, from the shard's thread; gives how long
     * it was until that thread had the answer to the last, in nanoseconds.
     */
    CompletionStage<Long> roundTrip(NodeId to, int bytes, int count);

    /** Waits. */
    CompletionStage<?> pause(Duration length);

    /** Waits until nothing is served, or for as long as a measurement may wait. */
    CompletionStage<?> lull();
  }

  /**
   * What a link was found to be.
   *
   * @param latencyMs of a message of no length
   * @param bytesPerSecond above 0
   * @param spread how far the repetitions lay apart, as a part of their median
   */
  record Figures(double latencyMs, double bytesPerSecond, double spread) {}

  private record Pace(int warm, int rows, int series, int longestSeries, Duration pause) {}

  LinkMeter(Bus bus, LongSupplier nanoClock) {
    this.bus = bus;
    this.nanoClock = nanoClock;
  }

  /** Measures; fails when the other node does not answer. */
  CompletionStage<Figures> measure(MeasureLink link) {
    return new Run(link).measure();
  }

  /** One link being measured. */
  private final class Run {
    private final MeasureLink link;
    private final Pace pace;
    private long deadlineNanos = nanoClock.getAsLong() + LIMIT.toNanos();
    private final List<Double> rowsMs = new ArrayList<>();
    private final List<Double> seriesMs = new ArrayList<>();
    private int length = 1;

    Run(MeasureLink link) {
      this.link = link;
      this.pace = link.gentle() ? GENTLE : USUAL;
    }

    CompletionStage<Figures> measure() {
      return warm(0)
          .thenCompose(warmed -> rows())
          .thenCompose(done -> series())
          .thenApply(done -> figures());
    }

    private int rowBytes() {
      return (int) WireFormat.FLOAT32.hiddenStatesBytes(1, link.rowBytes() / Float.BYTES);
    }

    private CompletionStage<?> warm(int done) {
      boolean enough = done >= pace.warm() || (done > 0 && quarterTimeIsOver());
      return enough
          ? CompletableFuture.completedFuture(null)
          : trip(rowBytes(), 1).thenCompose(ms -> warm(done + 1));
    }

    private CompletionStage<?> rows() {
      boolean enough = rowsMs.size() >= pace.rows() || (halfTimeIsOver() && rowsMs.size() >= 3);
      return enough
          ? CompletableFuture.completedFuture(null)
          : bus.pause(pace.pause())
              .thenCompose(paused -> trip(rowBytes(), 1))
              .thenCompose(
                  ms -> {
                    rowsMs.add(ms);
                    return rows();
                  });
    }

    private CompletionStage<?> series() {
      boolean enough = seriesMs.size() >= pace.series() || (isOver() && !seriesMs.isEmpty());
      return enough
          ? CompletableFuture.completedFuture(null)
          : bus.pause(pace.pause())
              .thenCompose(paused -> trip(Fragments.MAX_BYTES, length))
              .thenCompose(
                  ms -> {
                    if (ms < LONG_SERIES_MS && length < pace.longestSeries()) {
                      length *= 2;
                      // What was held up was no longer than this, and of another length.
                      seriesMs.clear();
                    } else {
                      seriesMs.add(ms);
                    }
                    return series();
                  });
    }

    /** Gives way to what is served; gently, between answers, it need not. */
    private CompletionStage<Double> trip(int bytes, int count) {
      long before = nanoClock.getAsLong();
      CompletionStage<?> lull =
          link.gentle() ? CompletableFuture.completedFuture(null) : bus.lull();
      return lull.thenCompose(
              quiet -> {
                deadlineNanos += nanoClock.getAsLong() - before;
                return bus.roundTrip(link.to(), bytes, count);
              })
          .thenApply(nanos -> nanos / NANOS_PER_MS);
    }

    private boolean isOver() {
      return nanoClock.getAsLong() - deadlineNanos > 0;
    }

    private boolean quarterTimeIsOver() {
      return nanoClock.getAsLong() + LIMIT.toNanos() * 3 / 4 - deadlineNanos > 0;
    }

    private boolean halfTimeIsOver() {
      return nanoClock.getAsLong() + LIMIT.toNanos() / 2 - deadlineNanos > 0;
    }

    private Figures figures() {
      double rowTripMs = lowerQuartile(rowsMs);
      long furtherBytes = (long) length * Fragments.MAX_BYTES - rowBytes();
      double furtherMs = Math.max(1e-3, lowerQuartile(seriesMs) - rowTripMs);
      double rate = furtherBytes * MS_PER_SECOND / furtherMs;
      // The answer is next to nothing: its way takes the latency alone.
      double latencyMs = Math.max(0, (rowTripMs - rowBytes() * MS_PER_SECOND / rate) / 2);
      return new Figures(latencyMs, rate, spread(rowsMs));
    }
  }

  private static double lowerQuartile(List<Double> values) {
    return sorted(values).get(values.size() / 4);
  }

  /** The middle half's width, as a part of the median. */
  private static double spread(List<Double> values) {
    List<Double> sorted = sorted(values);
    double width = sorted.get(sorted.size() * 3 / 4) - sorted.get(sorted.size() / 4);
    return width / Math.max(1e-6, sorted.get(sorted.size() / 2));
  }

  private static List<Double> sorted(List<Double> values) {
    return values.stream().sorted().toList();
  }
}
