package io.edgeshard.planner;

/** What a planner answers. */
public sealed interface PlanningResult {
  /**
   * A plan that fits.
   *
   * @param plan who runs what
   */
  record Planned(ShardPlan plan) implements PlanningResult {}

  /**
   * No plan fits.
   *
   * @param reason one sentence: what was needed, what was found, what to do
   */
  record Infeasible(String reason) implements PlanningResult {}
}
