package io.edgeshard.verticles.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.plan.MemoryEstimate;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.verticles.protocol.StageTrace;
import io.edgeshard.web.generation.GenerationEvent.HopTime;
import io.edgeshard.web.generation.GenerationEvent.StageTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTimingsTest {
  private static final NodeId SOURCE = new NodeId("a");
  private static final NodeId OTHER = new NodeId("b");
  private static final long MS = 1_000_000;
  private final ClockOffsets clocks = new ClockOffsets();
  private final MemoryEstimate memory = new MemoryEstimate(1, 1, 1, 1, 0);
  private final ShardPlan plan =
      new ShardPlan(
          new PlanId(1),
          List.of(
              new ShardAssignment(SOURCE, new LayerRange(0, 1), true, false, memory),
              new ShardAssignment(OTHER, new LayerRange(1, 2), false, true, memory)));
  private final StepTimings timings = new StepTimings(plan.stages(), SOURCE);

  private void add(long sentNanos, List<StageTrace> traces, long answeredNanos) {
    timings.add(StepTimes.of(plan, clocks, sentNanos, traces, answeredNanos).orElseThrow());
  }

  @Test
  void add_clocksApart_stagesAndHopsAddUpToTheRoundTrip() {
    long apart = 500_000 * MS;
    clocks.probed(OTHER, 0, 20 * MS, apart + 3 * MS);
    clocks.probed(OTHER, 100 * MS, 102 * MS, apart + 101 * MS);
    add(
        1000 * MS,
        List.of(
            new StageTrace(1001 * MS, 1005 * MS),
            new StageTrace(apart + 1007 * MS, apart + 1010 * MS)),
        1013 * MS);
    assertThat(timings.stages()).extracting(StageTime::ms).containsExactly(4.0, 3.0);
    assertThat(timings.hops()).extracting(HopTime::ms).containsExactly(1.0, 2.0, 3.0);
    assertThat(timings.hops()).last().isEqualTo(new HopTime("b", "a", 3.0));
  }

  @Test
  void add_clockShared_unevenProbeMovesNoHop() {
    // The answer was written right before it came back, not halfway.
    clocks.probed(OTHER, 0, 10 * MS, 10 * MS);
    add(
        1000 * MS,
        List.of(new StageTrace(1001 * MS, 1005 * MS), new StageTrace(1007 * MS, 1010 * MS)),
        1013 * MS);
    assertThat(timings.hops()).extracting(HopTime::ms).containsExactly(1.0, 2.0, 3.0);
  }

  @Test
  void stages_severalSteps_areTheMean() {
    for (int ms : new int[] {2, 4}) {
      StageTrace trace = new StageTrace(0, ms * MS);
      add(0, List.of(trace, trace), 10 * MS);
    }
    assertThat(timings.stages().get(0).ms()).isCloseTo(3.0, within(1e-9));
  }

  @Test
  void of_stageThatHasNotTold_isEmpty() {
    assertThat(StepTimes.of(plan, clocks, 0, List.of(new StageTrace(0, 1)), 2)).isEmpty();
  }

  @Test
  void stages_noStep_areZero() {
    assertThat(timings.stages()).extracting(StageTime::ms).containsExactly(0.0, 0.0);
  }
}
