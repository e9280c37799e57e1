package io.edgeshard.planner.cost;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.HopPrediction;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.planner.plan.StagePrediction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a plan gives, from the times of its stages and hops.
 *
 * <p>A token of one sequence alone takes all of them, one after another. How long a round of
 * several micro-batches in flight takes is {@link RoundTimes}'.
 *
 * <p>In prefill, chunks follow each other through the stages, as many in flight as there are
 * stages.
 */
public final class PlanPredictor {
  private static final double MS_PER_SECOND = 1000;

  private final PlanningRequest request;
  private final CostModel costs;

  /** Predictions for one question. */
  public PlanPredictor(PlanningRequest request) {
    this.request = request;
    this.costs = new CostModel(request);
  }

  /** What a plan gives with so many sequences under way. */
  public PlanPrediction predict(ShardPlan plan, Batching batching, PipelineMode mode) {
    double tokenMs = roundMs(plan, Batching.ONE, mode);
    double roundMs = roundMs(plan, batching, mode);
    return new PlanPrediction(
        stages(plan, batching.batch()),
        hops(plan, batching.batch()),
        batching,
        ttftMs(plan),
        tokenMs,
        roundMs,
        batching.sequences() * MS_PER_SECOND / roundMs,
        joulesPerToken(plan, tokenMs));
  }

  /** How long a round takes, in which each of the sequences under way gets one token. */
  public double roundMs(ShardPlan plan, Batching batching, PipelineMode mode) {
    return roundTimes(plan, batching.batch()).roundMs(batching.microBatches(), mode);
  }

  /** What one micro-batch of {@code batch} sequences needs for its next token. */
  public RoundTimes roundTimes(ShardPlan plan, int batch) {
    double sum = 0;
    Map<String, Double> occupied = new HashMap<>();
    for (int i = 0; i < plan.stages().size(); i++) {
      ShardAssignment stage = plan.stages().get(i);
      double computeMs = decodeMs(stage, batch);
      sum += computeMs + hopMs(plan, i, batch);
      occupied.merge(costs.node(stage.node()).machine(), computeMs, Double::sum);
      String link = "%s>%s".formatted(stage.node(), next(plan, i));
      occupied.merge(link, hopOccupiedMs(plan, i, batch), Double::sum);
    }
    double busiest = occupied.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return new RoundTimes(sum, busiest);
  }

  /** Time to the first token of the usual request, alone. */
  public double ttftMs(ShardPlan plan) {
    int stages = plan.stages().size();
    int[] chunks = costs.chunks();
    double[] stageFree = new double[stages];
    double[] linkFree = new double[stages];
    double[] backAt = new double[chunks.length];
    Map<String, Double> machineFree = new HashMap<>();
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      double at = chunk < stages ? 0 : backAt[chunk - stages];
      for (int i = 0; i < stages; i++) {
        ShardAssignment stage = plan.stages().get(i);
        String machine = costs.node(stage.node()).machine();
        double begin = Math.max(at, Math.max(stageFree[i], machineFree.getOrDefault(machine, 0d)));
        double end = begin + prefillMs(stage, chunk);
        stageFree[i] = end;
        machineFree.put(machine, end);
        double sent = Math.max(end, linkFree[i]);
        boolean isBack = i == stages - 1;
        linkFree[i] =
            sent + (isBack ? hopOccupiedMs(plan, i, 1) : hopOccupiedMs(plan, i, chunks[chunk]));
        at = sent + (isBack ? hopMs(plan, i, 1) : hopMs(plan, i, chunks[chunk]));
      }
      backAt[chunk] = at;
    }
    return backAt[chunks.length - 1];
  }

  /** Energy of one token of one sequence alone; empty where a node's draw is not known. */
  private OptionalDouble joulesPerToken(ShardPlan plan, double tokenMs) {
    double joules = 0;
    for (NodeId node : plan.nodes()) {
      NodeProfile profile = costs.node(node);
      if (profile.power().isEmpty()) {
        return OptionalDouble.empty();
      }
      PowerDraw draw = profile.power().get();
      double busyMs =
          plan.stages().stream()
              .filter(stage -> stage.node().equals(node))
              .mapToDouble(stage -> decodeMs(stage, 1))
              .sum();
      joules += (draw.busyWatts() - draw.idleWatts()) * busyMs / MS_PER_SECOND;
      joules += draw.idleWatts() * tokenMs / MS_PER_SECOND;
    }
    return OptionalDouble.of(joules);
  }

  private List<StagePrediction> stages(ShardPlan plan, int batch) {
    return plan.stages().stream()
        .map(
            stage -> {
              double prefillMs = 0;
              for (int chunk = 0; chunk < costs.chunks().length; chunk++) {
                prefillMs += prefillMs(stage, chunk);
              }
              return new StagePrediction(
                  stage.node(), stage.layers(), decodeMs(stage, batch), prefillMs);
            })
        .toList();
  }

  private List<HopPrediction> hops(ShardPlan plan, int batch) {
    List<HopPrediction> hops = new ArrayList<>();
    for (int i = 0; i < plan.stages().size(); i++) {
      boolean isBack = i == plan.stages().size() - 1;
      double prefillMs = 0;
      for (int chunk : costs.chunks()) {
        prefillMs += isBack ? 0 : hopMs(plan, i, chunk);
      }
      hops.add(
          new HopPrediction(
              plan.stages().get(i).node(),
              next(plan, i),
              hopMs(plan, i, batch),
              isBack ? hopMs(plan, i, 1) : prefillMs));
    }
    return hops;
  }

  private NodeId next(ShardPlan plan, int stage) {
    return stage == plan.stages().size() - 1
        ? request.source()
        : plan.stages().get(stage + 1).node();
  }

  private double hopMs(ShardPlan plan, int stage, int rows) {
    NodeId from = plan.stages().get(stage).node();
    return stage == plan.stages().size() - 1
        ? costs.returnMs(from, rows)
        : costs.hopMs(from, next(plan, stage), rows);
  }

  private double hopOccupiedMs(ShardPlan plan, int stage, int rows) {
    NodeId from = plan.stages().get(stage).node();
    return stage == plan.stages().size() - 1
        ? costs.returnOccupiedMs(from, rows)
        : costs.hopOccupiedMs(from, next(plan, stage), rows);
  }

  private double decodeMs(ShardAssignment stage, int batch) {
    return costs.decodeStageMs(
        stage.node(), stage.layers().count(), stage.isFirst(), stage.isLast(), batch);
  }

  private double prefillMs(ShardAssignment stage, int chunk) {
    return costs.prefillStageMs(
        stage.node(), stage.layers().count(), stage.isFirst(), stage.isLast(), chunk);
  }
}
