package io.edgeshard.verticles.placement;

import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.verticles.membership.NodeInfo;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A node of a plan that is gone.
 *
 * @param node what it said of itself
 * @param layers what it ran, for people
 */
public record Loss(NodeInfo node, String layers) {
  /**
   * The nodes of a plan that are gone. One that restarted under its name between two looks has lost
   * its shard as well.
   *
   * @param then the processes that the plan was made for
   * @param now the processes that are here
   */
  static List<Loss> of(ShardPlan plan, Set<NodeInfo> then, List<NodeInfo> now) {
    return plan.stages().stream().flatMap(stage -> ofStage(stage, then, now)).toList();
  }

  private static Stream<Loss> ofStage(
      ShardAssignment stage, Set<NodeInfo> then, List<NodeInfo> now) {
    return then.stream()
        .filter(info -> info.id().equals(stage.node()) && !now.contains(info))
        .map(info -> new Loss(info, stage.layers().toString()));
  }

  /** What has happened, as a sentence. */
  String words() {
    return "node " + node.node() + ", which ran layers " + layers + ", has left the cluster";
  }
}
