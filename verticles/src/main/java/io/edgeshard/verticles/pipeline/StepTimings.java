package io.edgeshard.verticles.pipeline;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.verticles.pipeline.timing.ServingMeter;
import io.edgeshard.verticles.protocol.StageTrace;
import io.edgeshard.web.generation.GenerationEvent.HopTime;
import io.edgeshard.web.generation.GenerationEvent.StageTime;
import io.edgeshard.web.metrics.GenerationMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the time of a sequence's decode steps went: in each stage, and in each hop between the end
 * of one stage's computation and the start of the next one's. Not thread-safe.
 */
final class StepTimings {
  private static final double NANOS_PER_MS = 1e6;

  private final ShardPlan plan;
  private final NodeId source;
  private final ClockOffsets clocks;
  private final GenerationMetrics metrics;
  private final ServingMeter meter;
  private final long[] stageNanos;
  private final long[] hopNanos;
  private int steps;

  StepTimings(
      ShardPlan plan,
      NodeId source,
      ClockOffsets clocks,
      GenerationMetrics metrics,
      ServingMeter meter) {
    this.plan = plan;
    this.source = source;
    this.clocks = clocks;
    this.metrics = metrics;
    this.meter = meter;
    this.stageNanos = new long[plan.stages().size()];
    this.hopNanos = new long[plan.stages().size() + 1];
  }

  /** Adds the first token: from arrival to the first chunk, and from there to the token. */
  void firstToken(long intakeNanos, long promptNanos, int promptTokens) {
    meter.firstToken(intakeNanos, promptNanos, promptTokens);
  }

  /**
   * Adds a step: sent and answered by our clock, computed by the stages' clocks, after so many
   * tokens.
   */
  void add(long sentNanos, List<StageTrace> traces, long answeredNanos, int contextTokens) {
    if (traces.size() != stageNanos.length) {
      return;
    }
    long[] inStage = new long[stageNanos.length];
    long[] inHop = new long[hopNanos.length];
    long left = sentNanos;
    for (int i = 0; i < inStage.length; i++) {
      NodeId node = plan.stages().get(i).node();
      inStage[i] = traces.get(i).nanos();
      inHop[i] = clocks.toOurs(node, traces.get(i).startNanos()) - left;
      left = clocks.toOurs(node, traces.get(i).endNanos());
    }
    inHop[inStage.length] = answeredNanos - left;
    report(inStage, inHop);
    meter.step(inStage, inHop, contextTokens);
    Arrays.setAll(stageNanos, i -> stageNanos[i] + inStage[i]);
    Arrays.setAll(hopNanos, i -> hopNanos[i] + inHop[i]);
    steps++;
  }

  /** Mean per step of each stage, in order. */
  List<StageTime> stages() {
    List<StageTime> times = new ArrayList<>();
    for (int i = 0; i < stageNanos.length; i++) {
      ShardAssignment stage = plan.stages().get(i);
      times.add(
          new StageTime(stage.node().value(), stage.layers().toString(), mean(stageNanos[i])));
    }
    return times;
  }

  /** Mean per step of each hop: from the source to the first stage, on, and back to the source. */
  List<HopTime> hops() {
    List<HopTime> times = new ArrayList<>();
    NodeId from = source;
    for (int i = 0; i <= stageNanos.length; i++) {
      NodeId to = i < stageNanos.length ? plan.stages().get(i).node() : source;
      times.add(new HopTime(from.value(), to.value(), mean(hopNanos[i])));
      from = to;
    }
    return times;
  }

  private void report(long[] inStage, long[] inHop) {
    String from = source.value();
    for (int i = 0; i <= inStage.length; i++) {
      boolean isBack = i == inStage.length;
      String to = isBack ? source.value() : plan.stages().get(i).node().value();
      // Clocks that are set right by probes may be a little off: no hop takes less than nothing.
      metrics.hopStep(from, to, Math.max(0, inHop[i]));
      if (!isBack) {
        metrics.stageStep(to, inStage[i]);
      }
      from = to;
    }
  }

  private double mean(long nanos) {
    return steps == 0 ? 0 : nanos / NANOS_PER_MS / steps;
  }
}
