package io.edgeshard.planner.throughput;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.exact.ExactSearch;
import io.edgeshard.planner.explain.Shortage;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import java.util.OptionalDouble;

/** Says why there is no plan: the limit of the time per token, or what every planner lacks. */
final class LimitShortage {
  private final PlanningRequest request;
  private final MostTokensPerSecond most;

  LimitShortage(PlanningRequest request, MostTokensPerSecond most) {
    this.request = request;
    this.most = most;
  }

  Infeasible explained() {
    if (most.maxTokenMs().isEmpty()) {
      return memory();
    }
    MostTokensPerSecond alone = new MostTokensPerSecond(most.mode(), 1, OptionalDouble.empty());
    return new ThroughputPlanner().plan(request.withObjective(alone)) instanceof Planned planned
        ? new Infeasible(
            "no plan gives a token every %.1f ms, one sequence alone takes %.1f ms: allow more, or add a faster node"
                .formatted(
                    most.maxTokenMs().getAsDouble(), planned.explanation().prediction().tokenMs()),
            0)
        : memory();
  }

  /** Where one sequence at a time has a plan, so have several. */
  private Infeasible memory() {
    return new Shortage(request, ExactSearch::hasPlan).infeasible();
  }
}
