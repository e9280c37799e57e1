package io.edgeshard.planner.partition;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.MemoryModel;
import io.edgeshard.planner.explain.Explainer;
import io.edgeshard.planner.explain.Verdict;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.plan.MemoryEstimate;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Turns layer counts of nodes in pipeline order into a plan, with the memory of each stage. */
final class StageBuilder {
  private final PlanningRequest request;
  private final MemoryModel memory;

  StageBuilder(PlanningRequest request) {
    this.request = request;
    this.memory = new MemoryModel(request.model(), request.weightType(), request.workload());
  }

  /** The nodes in pipeline order: the source first, the others by node id. */
  List<NodeProfile> pipelineOrder() {
    List<NodeProfile> order = new ArrayList<>(request.cluster().nodes());
    order.sort(Comparator.comparing(profile -> !profile.node().equals(request.source())));
    return order;
  }

  /** What {@code layerCount} layers from {@code start} on take. */
  MemoryEstimate memory(
      NodeProfile node, int start, int layerCount, boolean isFirst, boolean isLast) {
    LayerRange layers = new LayerRange(start, start + layerCount);
    return memory.estimate(node.memory(), layers, isFirst, isLast);
  }

  /** A plan with what it is predicted to give. */
  Planned planned(String planner, ShardPlan plan) {
    return new Planned(plan, new Explainer(request).explain(plan, Verdict.of(planner)));
  }

  /** The plan in which each node runs as many layers as {@code counts} says. */
  ShardPlan plan(List<NodeProfile> nodes, int[] counts) {
    List<ShardAssignment> stages = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < counts.length; i++) {
      boolean isFirst = i == 0;
      boolean isLast = i == counts.length - 1;
      LayerRange layers = new LayerRange(start, start + counts[i]);
      MemoryEstimate estimate = memory.estimate(nodes.get(i).memory(), layers, isFirst, isLast);
      stages.add(new ShardAssignment(nodes.get(i).node(), layers, isFirst, isLast, estimate));
      start = layers.end();
    }
    return new ShardPlan(request.id(), stages);
  }

  /** What does not fit in the plan, as the beginning of a sentence; empty when all fits. */
  Optional<String> misfit(ShardPlan plan) {
    for (ShardAssignment stage : plan.stages()) {
      long offered = request.cluster().find(stage.node()).orElseThrow().memory().usableBytes();
      if (stage.memory().totalBytes() > offered) {
        return Optional.of(
            "layers "
                + stage.layers()
                + " need "
                + stage.memory()
                + ", but "
                + stage.node()
                + " may use "
                + MemoryEstimate.mebibytes(offered));
      }
    }
    return Optional.empty();
  }
}
