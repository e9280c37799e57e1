package io.edgeshard.planner;

import io.edgeshard.planner.plan.PlanExplanation;
import io.edgeshard.planner.plan.ShardPlan;

/** What a planner answers. */
public sealed interface PlanningResult {
  /**
   * A plan that fits.
   *
   * @param plan who runs what
   * @param explanation what it is predicted to give, and why it is this one
   */
  record Planned(ShardPlan plan, PlanExplanation explanation) implements PlanningResult {}

  /**
   * No plan fits.
   *
   * @param reason one sentence: what was needed, what was found, what to do
   * @param missingBytes how much memory is missing in all; 0 when it is not memory
   */
  record Infeasible(String reason, long missingBytes) implements PlanningResult {}
}
