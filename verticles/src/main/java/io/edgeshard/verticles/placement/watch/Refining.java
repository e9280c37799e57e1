package io.edgeshard.verticles.placement.watch;

import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.plan.HopPrediction;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import io.edgeshard.verticles.profile.LinkId;
import io.edgeshard.verticles.profile.schedule.Measuring;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineStage;
import java.time.Duration;
import java.util.List;

/**
 * Tells the owners of nodes and links now and then what traffic showed of them: the next plan is
 * made with it. Not thread-safe.
 */
final class Refining {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Measuring measuring;
  private final int rowBytes;
  private long toldMillis;
  private long toldSteps;

  /**
   * Nothing is told yet.
   *
   * @param rowBytes of the hidden states of one token
   */
  Refining(Measuring measuring, int rowBytes) {
    this.measuring = measuring;
    this.rowBytes = rowBytes;
  }

  /** Tells what a plan gave lately, if that is new and it is time. */
  void look(Planned planned, MeasuredServing measured, long nowMillis) {
    List<ShardAssignment> stages = planned.plan().stages();
    boolean due =
        nowMillis - toldMillis >= INTERVAL.toMillis()
            && measured.steps() != toldSteps
            && stages.size() == measured.stageDecodeMs().size()
            && stages.size() == measured.hopDecodeMs().size();
    if (due) {
      toldMillis = nowMillis;
      toldSteps = measured.steps();
      for (int i = 0; i < stages.size(); i++) {
        stage(stages.get(i), measured.stageDecodeMs().get(i), measured.lengths().contextTokens());
      }
      List<HopPrediction> hops = planned.explanation().prediction().hops();
      for (int i = 0; i < stages.size() - 1; i++) {
        LinkId link = new LinkId(hops.get(i).from(), hops.get(i).to());
        measuring.seen(link, rowBytes, measured.hopDecodeMs().get(i));
      }
      back(hops.get(stages.size() - 1), measured);
    }
  }

  private void stage(ShardAssignment stage, double ms, int contextTokens) {
    measuring.seen(
        stage.node(),
        new RefineStage(
            stage.layers().count(), stage.isFirst(), stage.isLast(), contextTokens, ms));
  }

  /** A token id to the source's pipeline, and a step from there to the first stage. */
  private void back(HopPrediction hop, MeasuredServing measured) {
    NodeId source = hop.to();
    double hopMs = measured.hopDecodeMs().get(measured.hopDecodeMs().size() - 1);
    LinkId inner = new LinkId(source, source);
    if (hop.from().equals(source)) {
      measuring.seen(inner, Integer.BYTES, hopMs / 2);
    } else {
      measuring.seen(inner, Integer.BYTES, measured.handoverMs());
      LinkId link = new LinkId(hop.from(), source);
      measuring.seen(link, Integer.BYTES, Math.max(0, hopMs - measured.handoverMs()));
    }
  }
}
