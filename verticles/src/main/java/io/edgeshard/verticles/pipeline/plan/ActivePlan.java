package io.edgeshard.verticles.pipeline.plan;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.List;

/**
 * The plan in force and what it promises.
 *
 * @param plan loaded on all its nodes
 * @param workload what fits
 */
public record ActivePlan(ShardPlan plan, Workload workload) {
  /** The plan's id. */
  public PlanId id() {
    return plan.id();
  }

  /** The nodes of its stages, in the order of the stages. */
  public List<NodeId> nodes() {
    return plan.stages().stream().map(ShardAssignment::node).toList();
  }

  /** The node of its first stage. */
  public NodeId first() {
    return plan.stages().get(0).node();
  }

  /** The node of its last stage. */
  public NodeId last() {
    return plan.stages().get(plan.stages().size() - 1).node();
  }

  /** What a node does in the plan, for people. */
  public String layersOf(NodeId node) {
    return plan.stages().stream()
        .filter(stage -> stage.node().equals(node))
        .map(stage -> "layers " + stage.layers())
        .findFirst()
        .orElse("no layers of this plan");
  }
}
