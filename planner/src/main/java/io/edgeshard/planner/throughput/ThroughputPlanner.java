package io.edgeshard.planner.throughput;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.explain.Counted;
import io.edgeshard.planner.explain.PlanJudge;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.Bound;
import io.edgeshard.planner.plan.PlanExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The planner for most tokens per second of all sequences together: it chooses batch, number of
 * micro-batches and plan as one, counts the KV cache of all sequences under way, and keeps to a
 * limit of the time per token.
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

  private static final Infeasible NOT_FOUND =
      new Infeasible(
          NAME
              + " found no plan, but has not proven that there is none: take another planner, or"
              + " give nodes more memory",
          0);

  @Override
  public PlanningResult plan(PlanningRequest asked) {
    MostTokensPerSecond most = objective(asked);
    PlanningRequest request = asked.withObjective(most);
    Optional<Infeasible> refusal = refusal(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    ThroughputSearch search = new ThroughputSearch(request, most).search();
    double boundMs = search.boundMs();
    if (search.plan().isPresent()) {
      PlanningResult judged = new PlanJudge(request).judged(NAME, search.plan().get());
      return judged instanceof Planned planned ? bounded(planned, boundMs) : judged;
    }
    return Double.isInfinite(boundMs) ? new LimitShortage(request, most).explained() : NOT_FOUND;
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
                    + " can pin layers to the source only, found some for another node: take"
                    + " another planner or leave them free",
                0))
        : Optional.empty();
  }

  private static Planned bounded(Planned planned, double boundMs) {
    PlanExplanation explanation = planned.explanation();
    double valueMs = explanation.bound().value();
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
        "reached with %s under way, %s of %d"
            .formatted(
                Counted.of(explanation.prediction().batching().sequences(), "sequence"),
                Counted.of(explanation.prediction().batching().microBatches(), "micro-batch"),
                explanation.prediction().batching().batch()));
    return notes;
  }
}
