package io.edgeshard.planner;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which node runs which layers, in the order in which a token passes them.
 *
 * @param id the plan's number
 * @param stages every decoder layer exactly once, in order; each node at most once
 */
public record ShardPlan(PlanId id, List<ShardAssignment> stages) {
  public ShardPlan {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("expected a plan with at least one stage, found none");
    }
    Set<NodeId> seen = new HashSet<>();
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
      if (!seen.add(stage.node())) {
        throw new IllegalArgumentException(
            "expected each node in one stage, found " + stage.node() + " in two");
      }
      next = stage.layers().end();
    }
  }

  /** How many decoder layers the plan covers. */
  public int layerCount() {
    return stages.get(stages.size() - 1).layers().end();
  }
}
