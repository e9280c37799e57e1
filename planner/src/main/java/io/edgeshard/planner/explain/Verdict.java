package io.edgeshard.planner.explain;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.PipelineMode;
import java.util.List;
import java.util.Map;

/**
 * What a planner knows of a plan that nobody can tell from the plan.
 *
 * @param planner the planner's name
 * @param batching how many sequences are under way in the prediction
 * @param mode when a micro-batch begins its next token
 * @param lowerBound no plan gives less than this, in the objective's unit; 0 where nothing is known
 * @param withNode for nodes that the plan does not use at least what the best plan with it would
 *     give, where the planner knows
 * @param notes sentences for people
 */
public record Verdict(
    String planner,
    Batching batching,
    PipelineMode mode,
    double lowerBound,
    Map<NodeId, Double> withNode,
    List<String> notes) {
  public Verdict {
    withNode = Map.copyOf(withNode);
    notes = List.copyOf(notes);
  }

  /** Of a planner that proves nothing, for one sequence at a time. */
  public static Verdict of(String planner) {
    return new Verdict(planner, Batching.ONE, PipelineMode.NO_BUBBLES, 0, Map.of(), List.of());
  }
}
