package io.edgeshard.planner.cost;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.plan.MemoryEstimate;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What every plan must keep to: one stage on a node, memory and constraints of one question. */
public final class PlanRules {
  private final PlanningRequest request;
  private final MemoryModel memory;

  /** The rules of one question. */
  public PlanRules(PlanningRequest request) {
    this.request = request;
    this.memory = new MemoryModel(request.model(), request.weightType(), request.workload());
  }

  /**
   * The nodes that may take part: the source first, the others by node id. Where the source runs
   * the head, its one stage is the last one too, so no other node has a place.
   */
  public List<NodeProfile> nodes() {
    List<NodeProfile> nodes = new ArrayList<>();
    request.cluster().find(request.source()).ifPresent(nodes::add);
    if (!request.constraints().headOnSource()) {
      nodes.addAll(request.cluster().nodes());
    }
    return nodes.stream()
        .distinct()
        .filter(node -> !request.constraints().excluded().contains(node.node()))
        .toList();
  }

  /** What memory a node has to give under its cap. */
  public MemoryOffer offer(NodeId node) {
    MemoryOffer offer = request.cluster().find(node).orElseThrow().memory();
    Long cap = request.constraints().memoryCapBytes().get(node);
    return cap == null ? offer : offer.atMost(cap);
  }

  /** What a stage takes on a node. */
  public MemoryEstimate memory(NodeId node, LayerRange layers, ShardPlace place) {
    return memory.estimate(offer(node), layers, place.hasEmbedding(), place.hasHead());
  }

  /**
   * The plan in which stage {@code i} is run by {@code nodes.get(i)} and has {@code counts[i]}
   * layers; whether it keeps to the rules is not asked.
   */
  public ShardPlan plan(List<NodeId> nodes, int[] counts) {
    List<ShardAssignment> stages = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < counts.length; i++) {
      ShardPlace place = new ShardPlace(i == 0, i == counts.length - 1);
      LayerRange layers = new LayerRange(start, start + counts[i]);
      NodeId node = nodes.get(i);
      MemoryEstimate estimate = memory(node, layers, place);
      stages.add(
          new ShardAssignment(node, layers, place.hasEmbedding(), place.hasHead(), estimate));
      start = layers.end();
    }
    return new ShardPlan(request.id(), stages);
  }

  /** Why a plan may not be put in force; empty when it keeps to everything. */
  public Optional<Infeasible> violation(ShardPlan plan) {
    return constraintViolation(plan)
        .map(reason -> new Infeasible(reason, 0))
        .or(() -> misfit(plan));
  }

  private Optional<Infeasible> misfit(ShardPlan plan) {
    for (ShardAssignment stage : plan.stages()) {
      long usable = offer(stage.node()).usableBytes();
      long missing = stage.memory().totalBytes() - usable;
      if (missing > 0) {
        String reason =
            "layers %s need %s on %s, but it may use %s: give it more memory, or promise less context or fewer sequences"
                .formatted(
                    stage.layers(), stage.memory(), stage.node(), MemoryEstimate.mebibytes(usable));
        return Optional.of(new Infeasible(reason, missing));
      }
    }
    return Optional.empty();
  }

  private Optional<String> constraintViolation(ShardPlan plan) {
    Constraints constraints = request.constraints();
    int layers = request.model().layerCount();
    if (plan.layerCount() != layers) {
      return Optional.of(
          "the plan would run %d layers of a model that has %d"
              .formatted(plan.layerCount(), layers));
    }
    for (ShardAssignment stage : plan.stages()) {
      if (constraints.excluded().contains(stage.node())) {
        return Optional.of("the plan would need %s, which is excluded".formatted(stage.node()));
      }
      for (int layer = stage.layers().start(); layer < stage.layers().end(); layer++) {
        Optional<NodeId> bound = boundTo(layer);
        if (bound.isPresent() && !bound.get().equals(stage.node())) {
          return Optional.of(
              "layer %d is to run on %s, but the plan would run it on %s"
                  .formatted(layer, bound.get(), stage.node()));
        }
      }
    }
    return stageViolation(plan);
  }

  private Optional<String> stageViolation(ShardPlan plan) {
    Constraints constraints = request.constraints();
    NodeId first = plan.stages().get(0).node();
    NodeId last = plan.stages().get(plan.stages().size() - 1).node();
    if (!first.equals(request.source())) {
      return Optional.of("the source must run the first stage, but it would be " + first);
    }
    if (constraints.headOnSource() && !last.equals(request.source())) {
      return Optional.of("the head is to run on the source, but it would run on " + last);
    }
    if (plan.nodes().size() < plan.stages().size()) {
      return Optional.of("each node is to run one stage, but one would run several");
    }
    return Optional.empty();
  }

  /** The node that a decoder layer must run on, if there is one. */
  public Optional<NodeId> boundTo(int layer) {
    return layer < request.constraints().sourceLayers()
        ? Optional.of(request.source())
        : Optional.ofNullable(request.constraints().pinned().get(layer));
  }
}
