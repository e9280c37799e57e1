package io.edgeshard.planner.cost;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.Leg.Resource;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ways of a plan's micro-batches and prefill chunks through stages and links, and back. */
final class PlanLegs {
  private final CostModel costs;
  private final NodeId source;
  private final List<ShardAssignment> stages;

  PlanLegs(CostModel costs, NodeId source, ShardPlan plan) {
    this.costs = costs;
    this.source = source;
    this.stages = plan.stages();
  }

  /** Of one decode step of a batch. */
  List<Leg> decode(int batch) {
    List<Leg> legs = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      ShardAssignment stage = stages.get(i);
      legs.add(
          computation(
              stage,
              costs.decodeStageMs(
                  stage.node(), stage.layers().count(), stage.isFirst(), stage.isLast(), batch)));
      addHop(legs, i, batch, batch);
    }
    return legs;
  }

  /** Of one prefill chunk of the usual request. */
  List<Leg> prefill(int chunk) {
    List<Leg> legs = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      ShardAssignment stage = stages.get(i);
      legs.add(
          computation(
              stage,
              costs.prefillStageMs(
                  stage.node(), stage.layers().count(), stage.isFirst(), stage.isLast(), chunk)));
      addHop(legs, i, costs.chunks()[chunk], 1);
    }
    return legs;
  }

  private Leg computation(ShardAssignment stage, double ms) {
    return new Leg(new Resource(costs.node(stage.node()).machine(), ""), ms, 0);
  }

  private void addHop(List<Leg> legs, int stage, int rows, int rowsBack) {
    NodeId from = stages.get(stage).node();
    boolean isBack = stage == stages.size() - 1;
    NodeId to = isBack ? source : stages.get(stage + 1).node();
    double ms = isBack ? costs.returnMs(from, rowsBack) : costs.hopMs(from, to, rows);
    if (!from.equals(to) || ms > 0) {
      double occupiedMs =
          isBack ? costs.returnOccupiedMs(from, rowsBack) : costs.hopOccupiedMs(from, to, rows);
      legs.add(
          new Leg(
              new Resource(from.value(), to.value()), occupiedMs, Math.max(0, ms - occupiedMs)));
    }
  }

  /** What the legs of one micro-batch add up to. */
  static RoundTimes times(List<Leg> legs) {
    double sum = 0;
    Map<Resource, Double> occupied = new HashMap<>();
    for (Leg leg : legs) {
      sum += leg.occupiedMs() + leg.latencyMs();
      occupied.merge(leg.resource(), leg.occupiedMs(), Double::sum);
    }
    double busiest = occupied.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return new RoundTimes(sum, busiest);
  }

  /** Whether a micro-batch comes to a resource more than once. */
  static boolean comeBack(List<Leg> legs) {
    return legs.stream().map(Leg::resource).distinct().count() < legs.size();
  }
}
