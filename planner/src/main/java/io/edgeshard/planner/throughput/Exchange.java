package io.edgeshard.planner.throughput;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Makes a plan's round shorter, step by step while one helps: another node for a stage, two stages'
 * nodes exchanged, a layer from one stage to another.
 */
final class Exchange {
  private static final int MOST_PASSES = 8;

  /** Stages of plans that are tried. */
  private static final long MOST_WORK = 400_000;

  /** How much more it is to follow a micro-batch through a stage event by event. */
  private static final int FOLLOWED = 16;

  private static final double HELPS = 1 - 1e-9;

  private final PlanRules rules;
  private final PlanPredictor predictor;
  private final Batching batching;
  private final PipelineMode mode;
  private final List<NodeId> all;
  private final Work work = new Work(MOST_WORK);
  private List<NodeId> nodes;
  private int[] layers;
  private double roundMs;

  /** For a plan with memory for the sequences of a batching: {@code request} promises as many. */
  Exchange(PlanningRequest request, ShardPlan plan, Batching batching, PipelineMode mode) {
    this.rules = new PlanRules(request);
    this.predictor = new PlanPredictor(request);
    this.batching = batching;
    this.mode = mode;
    this.all = rules.nodes().stream().map(NodeProfile::node).toList();
    this.nodes = plan.stages().stream().map(ShardAssignment::node).toList();
    this.layers = plan.stages().stream().mapToInt(stage -> stage.layers().count()).toArray();
    this.roundMs = predictor.roundMs(plan, batching, mode);
  }

  ShardPlan improved() {
    boolean helped = true;
    for (int pass = 0; pass < MOST_PASSES && helped; pass++) {
      helped = false;
      for (int stage = 0; stage < layers.length; stage++) {
        helped |= stage > 0 && otherNode(stage);
        helped |= otherLayers(stage);
      }
    }
    return rules.plan(nodes, layers);
  }

  private boolean otherNode(int stage) {
    boolean helped = false;
    for (NodeId node : all) {
      List<NodeId> changed = new ArrayList<>(nodes);
      int at = nodes.indexOf(node);
      if (at < 0) {
        changed.set(stage, node);
      } else if (at > stage) {
        Collections.swap(changed, stage, at);
      }
      helped |= !changed.equals(nodes) && take(changed, layers);
    }
    return helped;
  }

  private boolean otherLayers(int from) {
    boolean helped = false;
    for (int to = 0; to < layers.length; to++) {
      boolean isMiddle = from > 0 && from < layers.length - 1;
      if (to != from && layers[from] > (isMiddle ? 1 : 0)) {
        int[] changed = Arrays.copyOf(layers, layers.length);
        changed[from]--;
        changed[to]++;
        helped |= take(nodes, changed);
      }
    }
    return helped;
  }

  private boolean take(List<NodeId> changedNodes, int[] changedLayers) {
    if (work.isSpent()) {
      return false;
    }
    ShardPlan plan = rules.plan(changedNodes, changedLayers);
    boolean isFollowed = predictor.comesBack(plan);
    work.spend((long) changedLayers.length * (isFollowed ? FOLLOWED * batching.microBatches() : 1));
    boolean helps =
        predictor.roundMs(plan, batching, mode) < roundMs * HELPS
            && rules.violation(plan).isEmpty();
    if (helps) {
      nodes = List.copyOf(changedNodes);
      layers = changedLayers;
      roundMs = predictor.roundMs(plan, batching, mode);
    }
    return helps;
  }
}
