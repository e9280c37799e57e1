package io.edgeshard.planner.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.PaperTestbed;
import io.edgeshard.planner.PaperTestbed.Llama2;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The targets on the paper's machines, where the paper measured 52.45, 10.45 and 1.25. */
class ThroughputOnPaperTestbedTest {
  @Test
  void sevenBillion_eightSequences_exceeds103TokensPerSecond() {
    PlanningRequest request = PaperTestbed.withWholeCloud(request(Llama2.SEVEN, 8));
    assertThat(tokensPerSecond(request)).isGreaterThan(103);
  }

  @Test
  void sevenBillion_eightSequencesAndALayerLessOnTheCloud_isLittleSlower() {
    assertThat(tokensPerSecond(request(Llama2.SEVEN, 8))).isGreaterThan(98);
  }

  @Test
  void sevenBillion_batchOfChoice_exceeds300TokensPerSecond() {
    assertThat(tokensPerSecond(request(Llama2.SEVEN, 112))).isGreaterThan(300);
  }

  @Test
  void thirteenBillion_batchOfChoice_exceeds170TokensPerSecond() {
    assertThat(tokensPerSecond(request(Llama2.THIRTEEN, 112))).isGreaterThan(170);
  }

  @Test
  void seventyBillion_sixteenSequences_exceeds8TokensPerSecond() {
    assertThat(tokensPerSecond(request(Llama2.SEVENTY, 16))).isGreaterThan(8);
  }

  private static PlanningRequest request(Llama2 size, int sequences) {
    return PaperTestbed.request(
        size, new MostTokensPerSecond(PipelineMode.NO_BUBBLES, sequences, OptionalDouble.empty()));
  }

  private static double tokensPerSecond(PlanningRequest request) {
    Planned planned = (Planned) new ThroughputPlanner().plan(request);
    assertThat(planned.explanation().bound().gap()).isLessThan(1e-9);
    return planned.explanation().prediction().tokensPerSecond();
  }
}
