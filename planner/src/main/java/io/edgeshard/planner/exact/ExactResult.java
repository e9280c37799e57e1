package io.edgeshard.planner.exact;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.Map;
import java.util.Optional;

/**
 * What the exact planner found.
 *
 * @param plan the best plan found
 * @param lowerBound no plan gives less, in the objective's unit; infinite where it is proven that
 *     there is none
 * @param withNode for each node that may take part at least what the best plan with it gives;
 *     infinite where no plan can use it
 */
public record ExactResult(
    Optional<ShardPlan> plan, double lowerBound, Map<NodeId, Double> withNode) {
  public ExactResult {
    withNode = Map.copyOf(withNode);
  }
}
