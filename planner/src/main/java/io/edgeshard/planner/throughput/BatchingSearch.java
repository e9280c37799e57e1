package io.edgeshard.planner.throughput;

import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.throughput.kind.KindCosts;
import io.edgeshard.planner.throughput.kind.NodeSets;
import io.edgeshard.planner.throughput.kind.SpreadTask;
import io.edgeshard.planner.throughput.relaxed.Relaxation;
import io.edgeshard.planner.throughput.relaxed.Relaxation.Candidate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds batch, number of micro-batches and layout with the most tokens per second.
 *
 * <p>Every batching has a bound that no layout can beat ({@link Relaxation}). Batchings are
 * searched from the best bound on, until the bound is no better than what was found.
 */
final class BatchingSearch {
  private static final double ROUNDING = 1e-12;

  /** Some seconds. */
  private static final long MOST_WORK = 1L << 31;

  private final MostTokensPerSecond most;
  private final KindCosts costs;
  private final Relaxation relaxation;
  private final Work work;
  private final NodeSets sets;
  private final SpreadTask task;
  private double boundMs = Double.POSITIVE_INFINITY;
  private final Map<Integer, LayoutSearch> layoutsOfBatch = new HashMap<>();

  /**
   * What was found.
   *
   * @param batching batch and micro-batches
   * @param layout on which nodes
   * @param tokenMs of the cluster for one token, as the outlook has it
   */
  record Found(Batching batching, Layout layout, double tokenMs) {}

  BatchingSearch(Relaxation relaxation) {
    this.most = relaxation.most();
    this.costs = relaxation.costs();
    this.relaxation = relaxation;
    this.work = new Work(MOST_WORK);
    this.sets = new NodeSets(costs.kinds());
    this.task = relaxation.task();
  }

  /**
   * What a token takes at least, as the outlook has it, once {@link #best} has searched: what the
   * best found takes, or less where the work did not suffice; infinite where there is none.
   */
  double boundMs() {
    return boundMs;
  }

  /** The best found with the work that is allowed, if a token takes less than {@code knownMs}. */
  Optional<Found> best(double knownMs) {
    Optional<Found> best = Optional.empty();
    double limitMs = most.maxTokenMs().orElse(Double.POSITIVE_INFINITY) * (1 + ROUNDING);
    double leastTokenMs = knownMs;
    for (Candidate candidate : relaxation.candidates()) {
      if (candidate.tokenMs() >= leastTokenMs) {
        break;
      }
      if (work.isSpent()) {
        boundMs = Math.min(boundMs, candidate.tokenMs());
        break;
      }
      Batching batching = candidate.batching();
      double shorterThan = Math.min(limitMs, leastTokenMs * batching.sequences() * (1 - ROUNDING));
      Optional<Found> found = search(candidate, shorterThan);
      if (found.isPresent()) {
        best = found;
        leastTokenMs = found.get().tokenMs;
      }
    }
    boundMs = Math.min(boundMs, leastTokenMs);
    return best;
  }

  private Optional<Found> search(Candidate candidate, double shorterThanMs) {
    Batching batching = candidate.batching();
    RoundSearch rounds =
        new RoundSearch(
            layouts(batching.batch()),
            costs.room(batching.sequences()),
            batching.microBatches(),
            most.mode());
    Optional<Layout> shortest = rounds.shortest(candidate.busyMs(), shorterThanMs);
    boundMs = Math.min(boundMs, rounds.openMs() / batching.sequences());
    return shortest.map(
        layout ->
            new Found(
                batching,
                layout,
                layout.times().roundMs(batching.microBatches(), most.mode())
                    / batching.sequences()));
  }

  private LayoutSearch layouts(int batch) {
    return layoutsOfBatch.computeIfAbsent(
        batch, rows -> new LayoutSearch(sets, costs.times(rows), task, work));
  }
}
