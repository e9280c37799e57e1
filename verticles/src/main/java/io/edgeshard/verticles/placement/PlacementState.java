package io.edgeshard.verticles.placement;

import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.placement.task.PlanQuestion;
import io.edgeshard.verticles.profile.NodeMeasurement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a placement has come to.
 *
 * @param ready whether a plan is in force
 * @param reason when not, one sentence that says why; else empty
 * @param plan the plan in force or being loaded, or the last one when a node of it is gone
 * @param nodes who is here
 * @param question what a planner was asked last
 * @param planned the plan of {@code plan} with its explanation
 * @param measurements what each node that is here measured of itself
 */
public record PlacementState(
    boolean ready,
    String reason,
    Optional<ShardPlan> plan,
    List<NodeInfo> nodes,
    Optional<PlanQuestion> question,
    Optional<PlanningResult.Planned> planned,
    Map<NodeId, NodeMeasurement> measurements) {
  public PlacementState {
    nodes = List.copyOf(nodes);
    measurements = Map.copyOf(measurements);
  }

  /** Nothing is known yet. */
  public static PlacementState starting() {
    return new PlacementState(
        false,
        "the cluster is starting",
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}
