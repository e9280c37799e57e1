package io.edgeshard.planner.plan;

import io.edgeshard.planner.cluster.NodeId;
import java.util.List;

/**
 * Which node runs which layers, in the order in which a token passes them.
 *
 * @param id the plan's number
 * @param stages every decoder layer exactly once, in order; neighbours on different nodes. The
 *     first may have no layers but the embedding, the last none but the head. A node has one stage
 *     in every plan that can be run; the paper's algorithm comes back to nodes in plans that are
 *     only priced
 */
public record ShardPlan(PlanId id, List<ShardAssignment> stages) {
  public ShardPlan {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("expected a plan with at least one stage, found none");
    }
    int next = 0;
    for (int i = 0; i < stages.size(); i++) {
      ShardAssignment stage = stages.get(i);
      if (stage.layers().start() != next) {
        throw new IllegalArgumentException(
            "expected stage " + i + " to start at layer " + next + ", found " + stage.layers());
      }
      if (stage.isFirst() != (i == 0) || stage.isLast() != (i == stages.size() - 1)) {
        throw new IllegalArgumentException(
            "expected the embedding on the first stage and the head on the last, found stage "
                + i
                + " otherwise");
      }
      if (i > 0 && stage.node().equals(stages.get(i - 1).node())) {
        throw new IllegalArgumentException(
            "expected neighbouring stages on different nodes, found two on " + stage.node());
      }
      if (stage.layers().count() == 0 && i > 0 && i < stages.size() - 1) {
        throw new IllegalArgumentException(
            "expected layers on every stage between first and last, found none on " + stage.node());
      }
      next = stage.layers().end();
    }
  }

  /** The nodes that take part, each once, in the order of their first stage. */
  public List<NodeId> nodes() {
    return stages.stream().map(ShardAssignment::node).distinct().toList();
  }

  /** How many decoder layers the plan covers. */
  public int layerCount() {
    return stages.get(stages.size() - 1).layers().end();
  }
}
