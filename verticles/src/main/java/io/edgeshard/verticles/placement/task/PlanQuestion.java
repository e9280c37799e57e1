package io.edgeshard.verticles.placement.task;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;

/**
 * What was asked for a plan, and who.
 *
 * @param request the cluster as it was measured, and what is wanted
 * @param planner who decides
 */
public record PlanQuestion(PlanningRequest request, Planner planner) {
  /** Asks; takes seconds for many nodes. */
  public PlanningResult answer() {
    return planner.plan(request);
  }
}
