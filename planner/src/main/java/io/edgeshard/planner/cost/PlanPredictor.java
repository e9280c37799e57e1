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
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a plan gives, from the times of its stages and hops.
 *
 * <p>A token of one sequence alone takes all of them, one after another. Of several micro-batches
 * in flight a round takes what {@link RoundTimes} says, as long as every machine and every link is
 * come to once in a round. Where one machine runs several stages, they wait for each other as they
 * come; then the round is followed event by event. So are the chunks of a prefill, of which as many
 * are in flight as there are stages.
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
    List<Leg> legs = legs(plan).decode(batching.batch());
    int microBatches = batching.microBatches();
    return microBatches > 1 && PlanLegs.comeBack(legs)
        ? PipelineTimeline.roundMs(legs, microBatches, mode)
        : PlanLegs.times(legs).roundMs(microBatches, mode);
  }

  /** What one micro-batch of {@code batch} sequences needs for its next token. */
  public RoundTimes roundTimes(ShardPlan plan, int batch) {
    return PlanLegs.times(legs(plan).decode(batch));
  }

  /** Whether micro-batches come to a machine or a link more than once in a round. */
  public boolean comesBack(ShardPlan plan) {
    return PlanLegs.comeBack(legs(plan).decode(1));
  }

  /** Time to the first token of the usual request, alone, from its arrival. */
  public double ttftMs(ShardPlan plan) {
    List<List<Leg>> chunks =
        IntStream.range(0, costs.chunks().length).mapToObj(legs(plan)::prefill).toList();
    return request.typical().intakeMs() + PipelineTimeline.lastBackMs(chunks, plan.stages().size());
  }

  private PlanLegs legs(ShardPlan plan) {
    return new PlanLegs(costs, request.source(), plan);
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

  private double decodeMs(ShardAssignment stage, int batch) {
    return costs.decodeStageMs(
        stage.node(), stage.layers().count(), stage.isFirst(), stage.isLast(), batch);
  }

  private double prefillMs(ShardAssignment stage, int chunk) {
    return costs.prefillStageMs(
        stage.node(), stage.layers().count(), stage.isFirst(), stage.isLast(), chunk);
  }
}
