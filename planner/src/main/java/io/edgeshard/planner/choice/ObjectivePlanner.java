package io.edgeshard.planner.choice;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.exact.ExactResult;
import io.edgeshard.planner.exact.ExactSearch;
import io.edgeshard.planner.explain.Explainer;
import io.edgeshard.planner.explain.Shortage;
import io.edgeshard.planner.explain.Verdict;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.planner.throughput.ThroughputPlanner;
import java.util.List;
import java.util.Optional;

/**
 * The planner that serves: the best plan for whatever is to be least, with its explanation, or what
 * is missing for one. A split that is worse than a single node is chosen where that is asked for,
 * and only there.
 */
public final class ObjectivePlanner implements Planner {
  /** The name on command lines. */
  public static final String NAME = "best";

  @Override
  public PlanningResult plan(PlanningRequest request) {
    Optional<Infeasible> refused = new Contradictions(request).first();
    if (refused.isPresent()) {
      return refused.get();
    }
    if (request.objective() instanceof MostTokensPerSecond most) {
      PlanningResult result = new ThroughputPlanner().plan(request);
      return result instanceof Planned planned ? settled(request, planned, most.mode()) : result;
    }
    ExactResult found = new ExactSearch(request).search();
    return found
        .plan()
        .<PlanningResult>map(plan -> planned(request, plan, found))
        .orElseGet(() -> new Shortage(request, ExactSearch::hasPlan).infeasible());
  }

  private static Planned planned(PlanningRequest request, ShardPlan plan, ExactResult found) {
    Verdict verdict =
        new Verdict(
            NAME,
            Batching.ONE,
            PipelineMode.NO_BUBBLES,
            found.lowerBound(),
            found.withNode(),
            List.of());
    Planned planned = new Planned(plan, new Explainer(request).explain(plan, verdict));
    return settled(request, planned, PipelineMode.NO_BUBBLES);
  }

  private static Planned settled(PlanningRequest request, Planned best, PipelineMode mode) {
    return new WantedSplit(request).insteadOf(new Guard(request).checked(best, mode));
  }
}
