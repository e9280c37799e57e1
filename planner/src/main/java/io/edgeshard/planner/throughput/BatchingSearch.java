package io.edgeshard.planner.throughput;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cost.CostModel;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.throughput.kind.KindLinks;
import io.edgeshard.planner.throughput.kind.KindRoom;
import io.edgeshard.planner.throughput.kind.KindTimes;
import io.edgeshard.planner.throughput.kind.NodeKind;
import io.edgeshard.planner.throughput.kind.NodeSets;
import io.edgeshard.planner.throughput.kind.Outlook;
import io.edgeshard.planner.throughput.kind.RoomCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds batch, number of micro-batches and layout with the most tokens per second.
 *
 * <p>Every batching has a bound that no layout can beat ({@link WayInBound}). Batchings are
 * searched from the best bound on, until the bound is no better than what was found.
 */
final class BatchingSearch {
  private static final double ROUNDING = 1e-12;

  /** Some seconds. */
  private static final long MOST_WORK = 1L << 31;

  private final MostTokensPerSecond most;
  private final CostModel costs;
  private final KindLinks links;
  private final Work work;
  private final NodeSets sets;
  private final LayerSpread.Task task;
  private final RoomCounter counter;
  private final List<NodeKind> kinds;
  private double boundMs = Double.POSITIVE_INFINITY;
  private final Map<Integer, LayoutSearch> layoutsOfBatch = new HashMap<>();
  private final Map<Integer, KindRoom> roomOfSequences = new HashMap<>();

  /**
   * What was found.
   *
   * @param batching batch and micro-batches
   * @param layout on which nodes
   * @param tokenMs of the cluster for one token, as the outlook has it
   */
  record Found(Batching batching, Layout layout, double tokenMs) {}

  private record Candidate(Batching batching, double busyMs, double tokenMs) {}

  BatchingSearch(
      PlanningRequest request, MostTokensPerSecond most, List<NodeKind> kinds, Outlook outlook) {
    this.most = most;
    this.costs = new CostModel(request);
    this.links = new KindLinks(request, kinds, outlook);
    this.work = new Work(MOST_WORK);
    this.sets = new NodeSets(kinds);
    this.counter = new RoomCounter(request, kinds, outlook);
    this.task = LayerSpread.Task.of(kinds, request.model().layerCount(), sourceLayers(request));
    this.kinds = kinds;
  }

  /** How many layers the source must run: up to the last that is bound to it. */
  static int sourceLayers(PlanningRequest request) {
    int least = request.constraints().sourceLayers();
    for (Map.Entry<Integer, ?> pin : request.constraints().pinned().entrySet()) {
      if (pin.getValue().equals(request.source())) {
        least = Math.max(least, pin.getKey() + 1);
      }
    }
    return Math.min(least, request.model().layerCount());
  }

  /**
   * What a token takes at least, as the outlook has it, once {@link #best} has searched: what the
   * best found takes, or less where the work did not suffice; infinite where there is none.
   */
  double boundMs() {
    return boundMs;
  }

  /** The best found with the work that is allowed. */
  Optional<Found> best() {
    Optional<Found> best = Optional.empty();
    double limitMs = most.maxTokenMs().orElse(Double.POSITIVE_INFINITY) * (1 + ROUNDING);
    double leastTokenMs = Double.POSITIVE_INFINITY;
    for (Candidate candidate : candidates()) {
      if (candidate.tokenMs >= leastTokenMs) {
        break;
      }
      if (work.isSpent()) {
        boundMs = Math.min(boundMs, candidate.tokenMs);
        break;
      }
      Batching batching = candidate.batching;
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
    Batching batching = candidate.batching;
    RoundSearch rounds =
        new RoundSearch(
            layouts(batching.batch()),
            room(batching.sequences()),
            batching.microBatches(),
            most.mode());
    Optional<Layout> shortest = rounds.shortest(candidate.busyMs, shorterThanMs);
    boundMs = Math.min(boundMs, rounds.openMs() / batching.sequences());
    return shortest.map(
        layout ->
            new Found(
                batching,
                layout,
                layout.times().roundMs(batching.microBatches(), most.mode())
                    / batching.sequences()));
  }

  /** Batchings that could fit, by what the cluster at least takes for a token. */
  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (int batch = 1; batch <= most.maxSequences(); batch++) {
      for (int count = 1; batch * count <= most.maxSequences(); count++) {
        candidate(new Batching(batch, count)).ifPresent(candidates::add);
      }
    }
    candidates.sort(Comparator.comparingDouble(Candidate::tokenMs));
    return candidates;
  }

  private Optional<Candidate> candidate(Batching batching) {
    KindRoom room = room(batching.sequences());
    WayInBound bound = new WayInBound(kinds, layouts(batching.batch()).times(), room, task);
    double busyMs = bound.leastBusyMs();
    if (Double.isInfinite(busyMs)) {
      return Optional.empty();
    }
    double roundMs = bound.roundMs(busyMs, batching.microBatches(), most.mode());
    return Optional.of(new Candidate(batching, busyMs, roundMs / batching.sequences()));
  }

  private LayoutSearch layouts(int batch) {
    return layoutsOfBatch.computeIfAbsent(
        batch, rows -> new LayoutSearch(sets, KindTimes.of(costs, links, rows), task, work));
  }

  private KindRoom room(int sequences) {
    return roomOfSequences.computeIfAbsent(sequences, counter::room);
  }
}
