package io.edgeshard.verticles.placement;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.verticles.membership.NodeInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which node of a plan is gone, and what that means, for people. */
final class Losses {
  private Losses() {}

  /**
   * The first node of a plan that is gone. One that restarted under its name between two looks has
   * lost its shard as well.
   *
   * @param then the processes that the plan was made for
   * @param now the processes that are here
   */
  static Optional<NodeId> first(ShardPlan plan, Set<NodeInfo> then, List<NodeInfo> now) {
    Set<String> same =
        now.stream().filter(then::contains).map(NodeInfo::node).collect(Collectors.toSet());
    return plan.stages().stream()
        .map(ShardAssignment::node)
        .filter(node -> !same.contains(node.value()))
        .findFirst();
  }

  /** What has happened, as a sentence. */
  static String words(ShardPlan plan, NodeId node) {
    String layers =
        plan.stages().stream()
            .filter(stage -> stage.node().equals(node))
            .map(stage -> stage.layers().toString())
            .collect(Collectors.joining(" and "));
    return "node " + node + ", which ran layers " + layers + ", has left the cluster";
  }

  /** The loss that a reason tells of, which people should go on reading about; else nothing. */
  static String keptOf(String reason) {
    return reason.startsWith("node ") ? reason.split(";", 2)[0] + "; " : "";
  }
}
