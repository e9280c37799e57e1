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
 * @param standing whether a plan is in force, and why not
 * @param plan the plan in force or being loaded, or the last one when a node of it is gone
 * @param nodes who is here
 * @param question what a planner was asked last
 * @param planned the plan of {@code plan} with its explanation
 * @param measurements what each node that is here measured of itself
 */
public record PlacementState(
    Standing standing,
    Optional<ShardPlan> plan,
    List<NodeInfo> nodes,
    Optional<PlanQuestion> question,
    Optional<PlanningResult.Planned> planned,
    Map<NodeId, NodeMeasurement> measurements) {
  public PlacementState {
    nodes = List.copyOf(nodes);
    measurements = Map.copyOf(measurements);
  }

  /** Where a placement stands. */
  public enum Phase {
    /** More must be here, or known, before a plan is made. */
    WAITING,
    /** Nodes load their layers. */
    LOADING,
    /** A plan is in force. */
    READY,
    /** No plan could be put in force. */
    FAILED
  }

  /**
   * Whether a plan is in force, and why not.
   *
   * @param phase where it stands
   * @param doing what is being done, or why nothing can be; empty when ready
   * @param losses the nodes that took a plan out of force, until another is in force
   */
  public record Standing(Phase phase, String doing, List<Loss> losses) {
    public Standing {
      losses = List.copyOf(losses);
    }

    /** When no plan is in force, one sentence that says why; else empty. */
    String reason() {
      String loss = losses.isEmpty() ? "" : losses.get(0).words();
      return loss.isEmpty() || doing.isEmpty() ? loss + doing : loss + "; " + doing;
    }
  }

  /** Whether a plan is in force. */
  public boolean ready() {
    return standing.phase() == Phase.READY;
  }

  /** When none is, one sentence that says why; else empty. */
  public String reason() {
    return standing.reason();
  }

  /** Nothing is known yet. */
  public static PlacementState starting() {
    return new PlacementState(
        new Standing(Phase.WAITING, "the cluster is starting", List.of()),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}
