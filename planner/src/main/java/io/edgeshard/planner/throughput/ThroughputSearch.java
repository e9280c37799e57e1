package io.edgeshard.planner.throughput;

import static io.edgeshard.planner.throughput.kind.Outlook.OPTIMISTIC;
import static io.edgeshard.planner.throughput.kind.Outlook.PESSIMISTIC;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.CostModel;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.explain.PlanJudge;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.planner.throughput.BatchingSearch.Found;
import io.edgeshard.planner.throughput.kind.CoarseKinds;
import io.edgeshard.planner.throughput.kind.NodeKind;
import io.edgeshard.planner.throughput.kind.NodeKinds;
import io.edgeshard.planner.throughput.relaxed.Relaxation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The search for the plan with most tokens per second. Used once, not thread-safe.
 *
 * <p>The relaxation comes first: it bounds what any plan gives, and is itself near to a plan. With
 * that plan known most nodes are seen to be of no use, and what is left is searched: exactly where
 * the nodes are few enough, else as kinds taken together. What is not proven best by then is
 * improved step by step.
 */
final class ThroughputSearch {
  private static final double NONE = Double.POSITIVE_INFINITY;

  /** Batchings whose relaxation is made a plan of. */
  private static final int MOST_FILLED = 8;

  private static final double PROVEN = 1 + 1e-9;

  private final PlanningRequest request;
  private final MostTokensPerSecond most;
  private final PlanRules rules;
  private final PlanPredictor predictor;
  private final PlanJudge judge;
  private final CoarseKinds coarseKinds;
  private Optional<Rated> best = Optional.empty();
  private double boundMs = NONE;

  /** A plan, how it runs best, and what a token then takes. */
  private record Rated(ShardPlan plan, Batching batching, double tokenMs) {}

  ThroughputSearch(PlanningRequest request, MostTokensPerSecond most) {
    this.request = request;
    this.most = most;
    this.rules = new PlanRules(request);
    this.predictor = new PlanPredictor(request);
    this.judge = new PlanJudge(request);
    this.coarseKinds = new CoarseKinds(new CostModel(request));
  }

  /** The best plan found. */
  Optional<ShardPlan> plan() {
    return best.map(Rated::plan);
  }

  /** What a token takes at least in any plan; infinite where there is none. */
  double boundMs() {
    return boundMs;
  }

  ThroughputSearch search() {
    List<NodeKind> kinds = new NodeKinds(request).kinds();
    for (MostTokensPerSecond aim : aims(kinds)) {
      search(new Relaxation(request, aim, kinds, OPTIMISTIC));
    }
    boolean isOpen = boundMs < NONE && bestMs() > boundMs * PROVEN;
    if (isOpen) {
      takeBestOf(new Relaxation(request, most, coarseKinds.coarse(kinds), PESSIMISTIC));
      new Starts(request, most.maxSequences()).plans().forEach(this::take);
      exchange();
    }
    return this;
  }

  /**
   * What is searched for. Where machines run several stages, the formula is exact for none of the
   * modes, but that of the pipeline without bubbles is a bound for both: it is searched last.
   */
  private List<MostTokensPerSecond> aims(List<NodeKind> kinds) {
    boolean isBound =
        most.mode() == PipelineMode.NO_BUBBLES || kinds.stream().noneMatch(NodeKind::sharesMachine);
    MostTokensPerSecond without =
        new MostTokensPerSecond(PipelineMode.NO_BUBBLES, most.maxSequences(), most.maxTokenMs());
    return isBound ? List.of(most) : List.of(most, without);
  }

  private void search(Relaxation relaxation) {
    relaxation.plans(MOST_FILLED).forEach(this::take);
    exchange();
    List<NodeKind> useful = useful(relaxation);
    List<NodeKind> coarse = coarseKinds.coarse(useful);
    if (!coarse.equals(useful)) {
      // A plan that is found so is at least as good, and leaves fewer nodes of use.
      takeBestOf(relaxation.of(coarse, PESSIMISTIC));
      useful = useful(relaxation);
    }
    double leastMs = takeBestOf(relaxation.of(coarseKinds.few(useful), OPTIMISTIC));
    boundMs = Math.max(relaxation.leastMs(), leastMs);
  }

  /** The kinds of which a node could make the plan better. */
  private List<NodeKind> useful(Relaxation relaxation) {
    return best.isEmpty() ? relaxation.costs().kinds() : relaxation.useful(bestMs());
  }

  /** Takes what is found to be better; gives what a token takes at least, as the outlook has it. */
  private double takeBestOf(Relaxation relaxation) {
    BatchingSearch batchings = new BatchingSearch(relaxation);
    batchings.best(bestMs()).ifPresent(found -> take(layout(relaxation.costs().kinds(), found)));
    return batchings.boundMs();
  }

  private ShardPlan layout(List<NodeKind> kinds, Found found) {
    int[] used = new int[kinds.size()];
    List<NodeId> nodes =
        Arrays.stream(found.layout().kinds())
            .mapToObj(kind -> kinds.get(kind).members().get(used[kind]++))
            .toList();
    return rules.plan(nodes, found.layout().layers());
  }

  private void exchange() {
    best.map(this::exchanged).ifPresent(this::take);
  }

  private ShardPlan exchanged(Rated rated) {
    Workload promise = request.workload();
    int sequences = Math.max(promise.sequences(), rated.batching.sequences());
    PlanningRequest sized =
        request.withWorkload(
            new Workload(promise.contextTokens(), sequences, promise.prefillChunkTokens()));
    return new Exchange(sized, rated.plan, rated.batching, most.mode()).improved();
  }

  private double bestMs() {
    return best.map(Rated::tokenMs).orElse(NONE);
  }

  /** Takes a plan if it keeps to the rules and is better than the best so far. */
  private void take(ShardPlan plan) {
    if (rules.violation(plan).isPresent()) {
      return;
    }
    best =
        judge
            .bestBatching(plan, most)
            .map(batching -> new Rated(plan, batching, tokenMs(plan, batching)))
            .filter(rated -> rated.tokenMs < bestMs())
            .or(() -> best);
  }

  private double tokenMs(ShardPlan plan, Batching batching) {
    return predictor.roundMs(plan, batching, most.mode()) / batching.sequences();
  }
}
