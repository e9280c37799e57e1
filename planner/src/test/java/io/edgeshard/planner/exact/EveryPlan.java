package io.edgeshard.planner.exact;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.ObjectiveValue;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brute force: every assignment of layers and head to nodes, each judged by the rules and the
 * predictor alone. Keeps the least value of all plans and of the plans with each node.
 */
final class EveryPlan {
  private final PlanningRequest request;
  private final PlanRules rules;
  private final PlanPredictor predictor;
  private final ObjectiveValue value;
  private final List<NodeId> nodes;
  private final boolean revisits;
  private final List<NodeId> stages = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>();
  private final Map<NodeId, Double> withNode = new HashMap<>();
  private double least = Double.POSITIVE_INFINITY;

  EveryPlan(PlanningRequest request) {
    this.request = request;
    this.rules = new PlanRules(request);
    this.predictor = new PlanPredictor(request);
    this.value = new ObjectiveValue(request);
    this.nodes = rules.nodes().stream().map(NodeProfile::node).toList();
    this.revisits = request.constraints().revisits();
    stages.add(request.source());
    counts.add(0);
    place(0);
  }

  /** The least value; infinite where no plan keeps to the rules. */
  double least() {
    return least;
  }

  /** The least value of the plans that use a node. */
  double leastWith(NodeId node) {
    return withNode.getOrDefault(node, Double.POSITIVE_INFINITY);
  }

  private void place(int layer) {
    if (layer > request.model().layerCount()) {
      judge();
      return;
    }
    int last = stages.size() - 1;
    boolean isHead = layer == request.model().layerCount();
    for (NodeId node : nodes) {
      if (node.equals(stages.get(last))) {
        counts.set(last, counts.get(last) + (isHead ? 0 : 1));
        place(layer + 1);
        counts.set(last, counts.get(last) - (isHead ? 0 : 1));
      } else if (revisits || !stages.contains(node)) {
        stages.add(node);
        counts.add(isHead ? 0 : 1);
        place(layer + 1);
        stages.remove(last + 1);
        counts.remove(last + 1);
      }
    }
  }

  private void judge() {
    ShardPlan plan =
        rules.plan(List.copyOf(stages), counts.stream().mapToInt(Integer::intValue).toArray());
    if (rules.violation(plan).isPresent()) {
      return;
    }
    PlanPrediction prediction = predictor.predict(plan, Batching.ONE, PipelineMode.NO_BUBBLES);
    if (value.keepsLimit(prediction)) {
      double given = value.of(prediction);
      least = Math.min(least, given);
      plan.nodes().forEach(node -> withNode.merge(node, given, Math::min));
    }
  }
}
