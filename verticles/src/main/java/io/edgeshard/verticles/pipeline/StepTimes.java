package io.edgeshard.verticles.pipeline;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.verticles.protocol.StageTrace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the time of one step went: in each stage, and in each hop between the end of one stage's
 * computation and the start of the next one's.
 *
 * @param stageNanos of each stage
 * @param hopNanos from the source to the first stage, on, and back to the source; by clocks that
 *     are set right by probes and may be a little off
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StepTimes(long[] stageNanos, long[] hopNanos) {
  /**
   * Of a step that was sent and answered by our clock, and computed by the stages' own; empty when
   * a stage has not told.
   */
  static Optional<StepTimes> of(
      ShardPlan plan,
      ClockOffsets clocks,
      long sentNanos,
      List<StageTrace> traces,
      long answeredNanos) {
    int stages = plan.stages().size();
    if (traces.size() != stages) {
      return Optional.empty();
    }
    long[] inStage = new long[stages];
    long[] inHop = new long[stages + 1];
    long left = sentNanos;
    for (int i = 0; i < stages; i++) {
      NodeId node = plan.stages().get(i).node();
      inStage[i] = traces.get(i).nanos();
      inHop[i] = clocks.toOurs(node, traces.get(i).startNanos()) - left;
      left = clocks.toOurs(node, traces.get(i).endNanos());
    }
    inHop[stages] = answeredNanos - left;
    return Optional.of(new StepTimes(inStage, inHop));
  }

  /** What each stage took. */
  double[] stagesMs() {
    return Arrays.stream(stageNanos).mapToDouble(nanos -> nanos / 1e6).toArray();
  }

  /** What all hops took. */
  double hopsMs() {
    return Arrays.stream(hopNanos).mapToDouble(nanos -> Math.max(0, nanos) / 1e6).sum();
  }
}
