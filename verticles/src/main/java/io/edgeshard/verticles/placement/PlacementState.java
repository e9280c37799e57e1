package io.edgeshard.verticles.placement;

import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.verticles.membership.NodeInfo;
import java.util.List;
import java.util.Optional;

/**
 * What a placement has come to.
 *
 * @param ready whether a plan is in force
 * @param reason when not, one sentence that says why; else empty
 * @param plan the plan in force or being loaded, or the last one when a node of it is gone
 * @param nodes who is here
 */
public record PlacementState(
    boolean ready, String reason, Optional<ShardPlan> plan, List<NodeInfo> nodes) {
  public PlacementState {
    nodes = List.copyOf(nodes);
  }

  /** Nothing is known yet. */
  public static PlacementState starting() {
    return new PlacementState(false, "the cluster is starting", Optional.empty(), List.of());
  }
}
