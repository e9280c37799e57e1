package io.edgeshard.planner;

/** Decides which node runs which layers: a pure function, the same answer for the same request. */
@FunctionalInterface
public interface Planner {
  /** Plans, or says why it cannot; never throws for a request that could be built. */
  PlanningResult plan(PlanningRequest request);
}
