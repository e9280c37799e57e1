package io.edgeshard.planner.plan;

import java.util.List;
import java.util.Optional;

/**
 * Why a plan is as it is.
 *
 * @param planner the name of the planner that made it
 * @param prediction what it is predicted to give
 * @param leftOut nodes it does not use, by node id
 * @param bound how far it may be from the best
 * @param bestSingle the best single node's figures, where one can hold the model
 * @param notes sentences that people should read, such as that a single node would be faster
 */
public record PlanExplanation(
    String planner,
    PlanPrediction prediction,
    List<LeftOut> leftOut,
    Bound bound,
    Optional<SingleNode> bestSingle,
    List<String> notes) {
  public PlanExplanation {
    leftOut = List.copyOf(leftOut);
    notes = List.copyOf(notes);
  }
}
