package io.edgeshard.planner.throughput;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.PlanJudge;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.Bound;
import io.edgeshard.planner.plan.PlanExplanation;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.planner.throughput.BatchingSearch.Found;
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
 * limit of the time per token. Each node runs one stage.
 *
 * <p>Exact while the nodes differ in few enough ways ({@link NodeSets}); beyond, unlike nodes are
 * taken as one kind, and the explanation's bound says how far the plan may be from the best. For
 * another objective it plans as if for the promised sequences without bubbles.
 */
public final class ThroughputPlanner implements Planner {
  /** The name on command lines and in explanations. */
  public static final String NAME = "throughput";

  private static final double PROVEN = 1 + 1e-9;

  @Override
  public PlanningResult plan(PlanningRequest asked) {
    MostTokensPerSecond most = objective(asked);
    PlanningRequest request = asked.withObjective(most);
    Optional<Infeasible> refusal = refusal(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    List<NodeKind> kinds = kinds(request);
    Optional<Found> hoped = new BatchingSearch(request, most, kinds, Outlook.OPTIMISTIC).best();
    if (hoped.isEmpty()) {
      return new Shortage(request, most).explained();
    }
    Optional<Planned> best = planned(request, kinds, hoped.get());
    double boundMs = hoped.get().tokenMs();
    if (best.isEmpty() || valueMs(best.get()) > boundMs * PROVEN) {
      Optional<Planned> safe =
          new BatchingSearch(request, most, kinds, Outlook.PESSIMISTIC)
              .best()
              .flatMap(found -> planned(request, kinds, found));
      best =
          Stream.of(best, safe)
              .flatMap(Optional::stream)
              .min(Comparator.comparingDouble(ThroughputPlanner::valueMs));
    }
    return best.<PlanningResult>map(plan -> bounded(plan, boundMs))
        .orElseGet(() -> new Shortage(request, most).explained());
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

  private static List<NodeKind> kinds(PlanningRequest request) {
    List<NodeKind> kinds = new NodeKinds(request).kinds();
    return request.constraints().headOnSource() ? kinds.subList(0, 1) : kinds;
  }

  private static Optional<Planned> planned(
      PlanningRequest request, List<NodeKind> kinds, Found found) {
    int[] used = new int[kinds.size()];
    List<NodeId> nodes =
        Arrays.stream(found.layout().kinds())
            .mapToObj(kind -> kinds.get(kind).members().get(used[kind]++))
            .toList();
    ShardPlan plan = new PlanRules(request).plan(nodes, found.layout().layers());
    return new PlanJudge(request).judged(NAME, plan) instanceof Planned planned
        ? Optional.of(planned)
        : Optional.empty();
  }

  private static double valueMs(Planned planned) {
    return planned.explanation().bound().value();
  }

  private static Planned bounded(Planned planned, double boundMs) {
    PlanExplanation explanation = planned.explanation();
    double valueMs = valueMs(planned);
    return new Planned(
        planned.plan(),
        new PlanExplanation(
            explanation.planner(),
            explanation.prediction(),
            explanation.leftOut(),
            new Bound(valueMs, Math.min(valueMs, boundMs)),
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
