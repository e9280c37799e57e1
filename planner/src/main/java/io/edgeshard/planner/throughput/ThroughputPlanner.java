package io.edgeshard.planner.throughput;

import static io.edgeshard.planner.throughput.kind.Outlook.OPTIMISTIC;
import static io.edgeshard.planner.throughput.kind.Outlook.PESSIMISTIC;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.CostModel;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.explain.PlanJudge;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.plan.Bound;
import io.edgeshard.planner.plan.PlanExplanation;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.planner.throughput.BatchingSearch.Found;
import io.edgeshard.planner.throughput.kind.CoarseKinds;
import io.edgeshard.planner.throughput.kind.NodeKind;
import io.edgeshard.planner.throughput.kind.NodeKinds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The planner for most tokens per second of all sequences together: it chooses batch, number of
 * micro-batches and plan as one, counts the KV cache of all sequences under way, and keeps to a
 * limit of the time per token. Each node runs one stage, unless revisits are allowed and no plan
 * without them is found: such a plan has no bound.
 *
 * <p>Exact for nodes on machines of their own and layers that weigh alike. Otherwise the best of a
 * few good plans, the exact planner's fastest for one sequence among them, and the explanation's
 * bound says how far it may be from the best of all. The work is bounded; where it does not
 * suffice, the bound is lower. For another objective it plans as if for the promised sequences
 * without bubbles.
 */
public final class ThroughputPlanner implements Planner {
  /** The name on command lines and in explanations. */
  public static final String NAME = "throughput";

  private static final double NONE = Double.POSITIVE_INFINITY;

  /** Batchings whose relaxation is made a plan of. */
  private static final int MOST_FILLINGS = 8;

  private static final double PROVEN = 1 + 1e-9;

  private static final Infeasible NOT_FOUND =
      new Infeasible(
          NAME
              + " found no plan, but has not proven that there is none: take another planner, or give nodes more memory",
          0);

  @Override
  public PlanningResult plan(PlanningRequest asked) {
    MostTokensPerSecond most = objective(asked);
    PlanningRequest request = asked.withObjective(most);
    Optional<Infeasible> refusal = refusal(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    List<NodeKind> kinds = new NodeKinds(request).kinds();
    if (request.constraints().headOnSource()) {
      kinds = kinds.subList(0, 1);
    }
    Optional<Rated> best = Optional.empty();
    double boundMs = NONE;
    for (MostTokensPerSecond aim : aims(most, kinds)) {
      Relaxation relaxation = new Relaxation(request, aim, kinds, OPTIMISTIC);
      best = better(best, filled(request, relaxation));
      best = better(best, coarse(request, relaxation, best));
      Relaxation useful = relaxation.of(few(request, useful(relaxation, best)), OPTIMISTIC);
      BatchingSearch hopes = new BatchingSearch(useful);
      Optional<Found> hoped = hopes.best(tokenMs(best));
      boundMs = Math.max(relaxation.leastMs(), hopes.boundMs());
      best = better(best, hoped.flatMap(found -> planned(request, useful, found)));
    }
    if (boundMs < NONE && tokenMs(best) > boundMs * PROVEN) {
      best = better(best, started(request, most));
      best = better(best, best.flatMap(plan -> exchanged(request, plan)));
    }
    if (best.isEmpty() && request.constraints().revisits()) {
      best = started(request, most);
      best = better(best, best.flatMap(plan -> exchanged(request, plan)));
    }
    if (best.isPresent()) {
      PlanningResult judged = new PlanJudge(request).judged(NAME, best.get().plan);
      return judged instanceof Planned planned ? bounded(planned, boundMs) : judged;
    }
    return boundMs < NONE ? NOT_FOUND : new LimitShortage(request, most).explained();
  }

  /** What the relaxation gives to nodes, put into an order and improved: fast, and often good. */
  private static Optional<Rated> filled(PlanningRequest request, Relaxation relaxation) {
    FilledPlans plans =
        new FilledPlans(request, relaxation.costs().kinds(), relaxation.task().sourceLayers());
    return relaxation.fillings(MOST_FILLINGS).stream()
        .flatMap(filling -> rated(request, plans.plan(filling)).stream())
        .min(Comparator.comparingDouble(Rated::tokenMs))
        .flatMap(plan -> better(Optional.of(plan), exchanged(request, plan)));
  }

  /** What is found of kinds taken together, where there are many: a plan at least as good. */
  private static Optional<Rated> coarse(
      PlanningRequest request, Relaxation relaxation, Optional<Rated> known) {
    List<NodeKind> useful = useful(relaxation, known);
    List<NodeKind> coarse = new CoarseKinds(new CostModel(request)).coarse(useful);
    if (coarse.equals(useful)) {
      return Optional.empty();
    }
    Relaxation safe = relaxation.of(coarse, PESSIMISTIC);
    return new BatchingSearch(safe)
        .best(tokenMs(known))
        .flatMap(found -> planned(request, safe, found));
  }

  /** The kinds of which a node could make a plan better. */
  private static List<NodeKind> useful(Relaxation relaxation, Optional<Rated> known) {
    return known
        .map(plan -> relaxation.useful(plan.tokenMs))
        .orElseGet(() -> relaxation.costs().kinds());
  }

  private static double tokenMs(Optional<Rated> plan) {
    return plan.map(Rated::tokenMs).orElse(NONE);
  }

  /**
   * What is searched for. Where machines run several stages, the formula is exact for none of the
   * modes, but that of the pipeline without bubbles is a bound for both: it is searched last.
   */
  private static List<MostTokensPerSecond> aims(MostTokensPerSecond most, List<NodeKind> kinds) {
    boolean isBound =
        most.mode() == PipelineMode.NO_BUBBLES || kinds.stream().noneMatch(NodeKind::sharesMachine);
    MostTokensPerSecond without =
        new MostTokensPerSecond(PipelineMode.NO_BUBBLES, most.maxSequences(), most.maxTokenMs());
    return isBound ? List.of(most) : List.of(most, without);
  }

  private static Optional<Rated> better(Optional<Rated> one, Optional<Rated> other) {
    return Stream.of(one, other)
        .flatMap(Optional::stream)
        .min(Comparator.comparingDouble(Rated::tokenMs));
  }

  private static MostTokensPerSecond objective(PlanningRequest request) {
    return request.objective() instanceof MostTokensPerSecond most
        ? most
        : new MostTokensPerSecond(
            PipelineMode.NO_BUBBLES, request.workload().sequences(), OptionalDouble.empty());
  }

  private static Optional<Infeasible> refusal(PlanningRequest request) {
    boolean pinned =
        request.constraints().pinned().values().stream()
            .anyMatch(node -> !node.equals(request.source()));
    if (request.constraints().excluded().contains(request.source())) {
      return Optional.of(
          new Infeasible("the source is excluded, but it must run the embedding", 0));
    }
    return pinned
        ? Optional.of(
            new Infeasible(
                NAME
                    + " can pin layers to the source only, found some for another node: take another planner or leave them free",
                0))
        : Optional.empty();
  }

  private static List<NodeKind> few(PlanningRequest request, List<NodeKind> kinds) {
    return new CoarseKinds(new CostModel(request)).few(kinds);
  }

  private static Optional<Rated> planned(
      PlanningRequest request, Relaxation relaxation, Found found) {
    List<NodeKind> kinds = relaxation.costs().kinds();
    int[] used = new int[kinds.size()];
    List<NodeId> nodes =
        Arrays.stream(found.layout().kinds())
            .mapToObj(kind -> kinds.get(kind).members().get(used[kind]++))
            .toList();
    ShardPlan plan = new PlanRules(request).plan(nodes, found.layout().layers());
    return rated(request, plan);
  }

  /** A plan, how it runs best, and what a token then takes; it is not yet explained. */
  private record Rated(ShardPlan plan, Batching batching, double tokenMs) {}

  private static Optional<Rated> rated(PlanningRequest request, ShardPlan plan) {
    if (new PlanRules(request).violation(plan).isPresent()) {
      return Optional.empty();
    }
    MostTokensPerSecond most = objective(request);
    PlanPredictor predictor = new PlanPredictor(request);
    return new PlanJudge(request)
        .bestBatching(plan, most)
        .map(
            batching ->
                new Rated(
                    plan,
                    batching,
                    predictor.roundMs(plan, batching, most.mode()) / batching.sequences()));
  }

  private static Optional<Rated> exchanged(PlanningRequest request, Rated rated) {
    Workload promise = request.workload();
    int sequences = Math.max(promise.sequences(), rated.batching.sequences());
    PlanningRequest sized =
        request.withWorkload(
            new Workload(promise.contextTokens(), sequences, promise.prefillChunkTokens()));
    PipelineMode mode = objective(request).mode();
    ShardPlan plan = new Exchange(sized, rated.plan, rated.batching, mode).improved();
    return rated(request, plan);
  }

  private static Optional<Rated> started(PlanningRequest request, MostTokensPerSecond most) {
    return new Starts(request, most.maxSequences())
        .plans().stream()
            .flatMap(plan -> rated(request, plan).stream())
            .min(Comparator.comparingDouble(Rated::tokenMs));
  }

  private static Planned bounded(Planned planned, double boundMs) {
    PlanExplanation explanation = planned.explanation();
    double valueMs = explanation.bound().value();
    boolean revisits = planned.plan().nodes().size() < planned.plan().stages().size();
    double lowerBoundMs = revisits ? 0 : Math.min(valueMs, boundMs);
    return new Planned(
        planned.plan(),
        new PlanExplanation(
            explanation.planner(),
            explanation.prediction(),
            explanation.leftOut(),
            new Bound(valueMs, lowerBoundMs),
            explanation.bestSingle(),
            notes(explanation)));
  }

  private static List<String> notes(PlanExplanation explanation) {
    List<String> notes = new ArrayList<>(explanation.notes());
    notes.add(
        "reached with %d sequences under way, %d micro-batches of %d"
            .formatted(
                explanation.prediction().batching().sequences(),
                explanation.prediction().batching().microBatches(),
                explanation.prediction().batching().batch()));
    return notes;
  }
}
