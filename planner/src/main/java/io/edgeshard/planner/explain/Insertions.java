package io.edgeshard.planner.explain;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.ObjectiveValue;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a plan would give with one more node: the node placed behind a stage, taking from that stage
 * one of its layers, half of them, or all but one.
 */
final class Insertions {
  private final ObjectiveValue value;
  private final PlanRules rules;
  private final PlanPredictor predictor;

  Insertions(PlanningRequest request, PlanRules rules, PlanPredictor predictor) {
    this.value = new ObjectiveValue(request);
    this.rules = rules;
    this.predictor = predictor;
  }

  /** The least value of a plan with the node in it; empty where it has no place. */
  Optional<Double> least(NodeId node, ShardPlan plan, Verdict verdict) {
    OptionalDouble least =
        IntStream.range(0, plan.stages().size())
            .boxed()
            .flatMap(stage -> with(node, plan, stage))
            .filter(changed -> rules.violation(changed).isEmpty())
            .map(changed -> predictor.predict(changed, verdict.batching(), verdict.mode()))
            .mapToDouble(this::valueOf)
            .min();
    return least.isPresent() ? Optional.of(least.getAsDouble()) : Optional.empty();
  }

  private double valueOf(PlanPrediction prediction) {
    return value.of(prediction);
  }

  private Stream<ShardPlan> with(NodeId node, ShardPlan plan, int stage) {
    int layers = plan.stages().get(stage).layers().count();
    return Stream.of(1, layers / 2, layers - 1)
        .distinct()
        .filter(taken -> taken >= 1 && taken <= layers)
        .filter(taken -> taken < layers || stage == 0)
        .map(taken -> with(node, plan, stage, taken));
  }

  private ShardPlan with(NodeId node, ShardPlan plan, int stage, int taken) {
    List<NodeId> nodes = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < plan.stages().size(); i++) {
      ShardAssignment assignment = plan.stages().get(i);
      nodes.add(assignment.node());
      counts.add(assignment.layers().count() - (i == stage ? taken : 0));
      if (i == stage) {
        nodes.add(node);
        counts.add(taken);
      }
    }
    return rules.plan(nodes, counts.stream().mapToInt(Integer::intValue).toArray());
  }
}
