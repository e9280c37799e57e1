package io.edgeshard.verticles.protocol;

import io.edgeshard.planner.plan.PlanId;

/**
 * Which step a message belongs to.
 *
 * @param plan the plan it was made for
 * @param number counted from 0 within the plan
 */
public record StepId(PlanId plan, int number) {
  public StepId {
    if (number < 0) {
      throw new IllegalArgumentException("expected a step number of 0 or more, found " + number);
    }
  }
}
