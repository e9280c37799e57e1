package io.edgeshard.planner.throughput;

import io.edgeshard.planner.cost.RoundTimes;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.throughput.kind.KindRoom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the layout with the shortest round for one batch and one number of micro-batches.
 *
 * <p>A round is the longer the greater the sum {@code s} of a micro-batch and its busiest resource
 * {@code x} are. Of all layouts with {@code x} up to a limit, the one with the least {@code s} is
 * found; it leaves nothing better between its own {@code x} and the limit. Below, intervals of
 * {@code x} are halved, and left where even the least {@code s} of the interval with its least
 * {@code x} makes no shorter round.
 */
final class RoundSearch {
  /** Times nearer to each other than this part of them are equal. */
  private static final double ROUNDING = 1e-10;

  private final LayoutSearch layouts;
  private final KindRoom room;
  private final int microBatches;
  private final PipelineMode mode;
  private double shorterThanMs;
  private double openMs;
  private @Nullable Layout best;

  RoundSearch(LayoutSearch layouts, KindRoom room, int microBatches, PipelineMode mode) {
    this.layouts = layouts;
    this.room = room;
    this.microBatches = microBatches;
    this.mode = mode;
  }

  /** The best layout, if a round of it is shorter than so many ms and no less busy than a limit. */
  Optional<Layout> shortest(double leastBusyMs, double shorterThanMs) {
    this.shorterThanMs = shorterThanMs;
    this.best = null;
    this.openMs = Double.POSITIVE_INFINITY;
    search(leastBusyMs * (1 - ROUNDING), shorterThanMs, 0);
    return Optional.ofNullable(best);
  }

  /** What rounds take at least that were left out for want of work; infinite where none were. */
  double openMs() {
    return openMs;
  }

  private void search(double above, double upTo, double leastSumMs) {
    if (layouts.isSpent()) {
      openMs = Math.min(openMs, new RoundTimes(leastSumMs, above).roundMs(microBatches, mode));
      return;
    }
    double limit = Math.min(upTo, mostBusyMs());
    Optional<Layout> found =
        limit > above ? layouts.least(room, limit, mostSumMs(above)) : Optional.empty();
    if (found.isEmpty()) {
      return;
    }
    RoundTimes times = found.get().times();
    double roundMs = times.roundMs(microBatches, mode);
    if (roundMs < shorterThanMs) {
      best = found.get();
      shorterThanMs = roundMs;
    }
    double below = times.busiestMs() * (1 - ROUNDING);
    double leastRoundMs = new RoundTimes(times.sumMs(), above).roundMs(microBatches, mode);
    if (below > above && leastRoundMs < shorterThanMs * (1 - ROUNDING)) {
      double middle = (above + below) / 2;
      search(middle, below, times.sumMs());
      search(above, middle, times.sumMs());
    }
  }

  /** How busy a resource may be in a round that is short enough. */
  private double mostBusyMs() {
    int others = mode == PipelineMode.NO_BUBBLES ? microBatches : microBatches - 1;
    return others == 0 ? shorterThanMs : shorterThanMs / others;
  }

  /** How long a micro-batch may take in a round that is short enough, with so busy a resource. */
  private double mostSumMs(double busyMs) {
    return mode == PipelineMode.NO_BUBBLES
        ? shorterThanMs
        : shorterThanMs - (microBatches - 1) * busyMs;
  }
}
