package io.edgeshard.planner.throughput.relaxed;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.planner.throughput.kind.KindCosts;
import io.edgeshard.planner.throughput.kind.NodeKind;
import io.edgeshard.planner.throughput.kind.Outlook;
import io.edgeshard.planner.throughput.kind.SpreadTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What no plan can beat with any batching, and which kinds of nodes could still be of use. */
public final class Relaxation {
  private static final double ROUNDING = 1e-12;
  private static final double SLACK = 1e-6;

  private final PlanningRequest request;
  private final KindCosts costs;
  private final Outlook outlook;
  private final SpreadTask task;
  private final MostTokensPerSecond most;
  private final List<Candidate> candidates = new ArrayList<>();

  /**
   * A batching that could fit.
   *
   * @param busyMs the least that any resource is occupied
   * @param tokenMs what the cluster takes for a token at least
   */
  public record Candidate(Batching batching, double busyMs, double tokenMs) {}

  /** Of one question with these kinds of nodes, as an outlook has them. */
  public Relaxation(
      PlanningRequest request, MostTokensPerSecond most, List<NodeKind> kinds, Outlook outlook) {
    this.request = request;
    this.outlook = outlook;
    this.costs = new KindCosts(request, kinds, outlook);
    this.task = SpreadTask.of(request, kinds);
    this.most = most;
    for (int batch = 1; batch <= most.maxSequences(); batch++) {
      for (int count = 1; batch * count <= most.maxSequences(); count++) {
        add(new Batching(batch, count));
      }
    }
    candidates.sort(Comparator.comparingDouble(Candidate::tokenMs));
  }

  private void add(Batching batching) {
    WayInBound bound = bound(batching);
    double busyMs = bound.leastBusyMs();
    if (!Double.isInfinite(busyMs)) {
      double roundMs = bound.roundMs(busyMs, batching.microBatches(), most.mode());
      if (roundMs <= most.maxTokenMs().orElse(Double.POSITIVE_INFINITY) * (1 + ROUNDING)) {
        candidates.add(new Candidate(batching, busyMs, roundMs / batching.sequences()));
      }
    }
  }

  private WayInBound bound(Batching batching) {
    return new WayInBound(
        costs.kinds(), costs.times(batching.batch()), costs.room(batching.sequences()), task);
  }

  /** The same question with other kinds, or as another outlook has them. */
  public Relaxation of(List<NodeKind> otherKinds, Outlook otherOutlook) {
    boolean isThis = otherOutlook == outlook && otherKinds.equals(costs.kinds());
    return isThis ? this : new Relaxation(request, most, otherKinds, otherOutlook);
  }

  /** What the kinds take and hold. */
  public KindCosts costs() {
    return costs;
  }

  /** What is to be spread over them. */
  public SpreadTask task() {
    return task;
  }

  /** What is wanted. */
  public MostTokensPerSecond most() {
    return most;
  }

  /** Batchings that could fit, the most promising first. */
  public List<Candidate> candidates() {
    return List.copyOf(candidates);
  }

  /** What a token takes at least; infinite where nothing fits. */
  public double leastMs() {
    return candidates.isEmpty() ? Double.POSITIVE_INFINITY : candidates.get(0).tokenMs();
  }

  /** The kinds of which a node could be part of a plan better than {@code tokenMs}. */
  public List<NodeKind> useful(double tokenMs) {
    List<Candidate> open =
        candidates.stream().filter(candidate -> candidate.tokenMs() < tokenMs).toList();
    List<WayInBound> bounds = open.stream().map(candidate -> bound(candidate.batching())).toList();
    return IntStream.range(0, costs.kinds().size())
        .filter(
            kind ->
                kind == 0
                    || IntStream.range(0, open.size())
                        .anyMatch(i -> isUseful(kind, open.get(i), bounds.get(i), tokenMs)))
        .mapToObj(costs.kinds()::get)
        .toList();
  }

  private boolean isUseful(int kind, Candidate candidate, WayInBound bound, double tokenMs) {
    Batching batching = candidate.batching();
    double roundMs = tokenMs * batching.sequences();
    return bound.isWithin(roundMs, candidate.busyMs(), batching.microBatches(), most.mode(), kind);
  }

  /** Plans that are near to the most promising relaxations; not all of them keep to the rules. */
  public List<ShardPlan> plans(int most) {
    FilledPlans filled = new FilledPlans(request, costs.kinds(), task.sourceLayers());
    return candidates.stream()
        .limit(most)
        .map(candidate -> filled.plan(shares(candidate), candidate.batching().batch()))
        .toList();
  }

  private List<WayInBound.Share> shares(Candidate candidate) {
    Batching batching = candidate.batching();
    double roundMs = candidate.tokenMs() * batching.sequences();
    return bound(batching).shares(roundMs / batching.microBatches() * (1 + SLACK));
  }
}
