package io.edgeshard.planner.exact;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.ArrayList;
import java.util.List;

/** Brute force over plans in which each node runs one stage, each judged by the predictor. */
final class EveryChunkedPlan {
  private final PlanningRequest request;
  private final PlanRules rules;
  private final PlanPredictor predictor;
  private final List<NodeId> stages = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>();
  private double least = Double.POSITIVE_INFINITY;

  EveryChunkedPlan(PlanningRequest request) {
    this.request = request;
    this.rules = new PlanRules(request);
    this.predictor = new PlanPredictor(request);
    stages.add(request.source());
    counts.add(0);
    place(request.model().layerCount());
  }

  /** The least time of a request; infinite where no plan keeps to the rules. */
  double least() {
    return least;
  }

  /** Tries every end of the present stage and every node after it. */
  private void place(int left) {
    int last = stages.size() - 1;
    for (int count = last == 0 ? 0 : 1; count <= left; count++) {
      counts.set(last, count);
      if (count == left) {
        judge();
      }
      for (NodeProfile node : rules.nodes()) {
        if (!stages.contains(node.node())) {
          stages.add(node.node());
          counts.add(0);
          if (count == left) {
            judge();
          } else {
            place(left - count);
          }
          stages.remove(last + 1);
          counts.remove(last + 1);
        }
      }
    }
  }

  private void judge() {
    ShardPlan plan =
        rules.plan(List.copyOf(stages), counts.stream().mapToInt(Integer::intValue).toArray());
    if (rules.violation(plan).isEmpty()) {
      double ms =
          predictor
              .predict(plan, Batching.ONE, PipelineMode.NO_BUBBLES)
              .requestMs(request.typical().newTokens());
      least = Math.min(least, ms);
    }
  }
}
