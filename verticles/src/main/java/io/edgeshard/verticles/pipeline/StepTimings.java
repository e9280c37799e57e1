package io.edgeshard.verticles.pipeline;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.web.generation.GenerationEvent.HopTime;
import io.edgeshard.web.generation.GenerationEvent.StageTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the time of a sequence's decode steps went: in each stage, and in each hop between the end
 * of one stage's computation and the start of the next one's. Not thread-safe.
 */
final class StepTimings {
  private static final double NANOS_PER_MS = 1e6;

  private final List<ShardAssignment> stages;
  private final NodeId source;
  private final long[] stageNanos;
  private final long[] hopNanos;
  private int steps;

  StepTimings(List<ShardAssignment> stages, NodeId source) {
    this.stages = List.copyOf(stages);
    this.source = source;
    this.stageNanos = new long[stages.size()];
    this.hopNanos = new long[stages.size() + 1];
  }

  /** Adds a step. */
  void add(StepTimes times) {
    Arrays.setAll(stageNanos, i -> stageNanos[i] + times.stageNanos()[i]);
    Arrays.setAll(hopNanos, i -> hopNanos[i] + times.hopNanos()[i]);
    steps++;
  }

  /** Mean per step of each stage, in order. */
  List<StageTime> stages() {
    List<StageTime> times = new ArrayList<>();
    for (int i = 0; i < stageNanos.length; i++) {
      ShardAssignment stage = stages.get(i);
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
      NodeId to = i < stageNanos.length ? stages.get(i).node() : source;
      times.add(new HopTime(from.value(), to.value(), mean(hopNanos[i])));
      from = to;
    }
    return times;
  }

  private double mean(long nanos) {
    return steps == 0 ? 0 : nanos / NANOS_PER_MS / steps;
  }
}
