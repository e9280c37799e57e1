package io.edgeshard.verticles.pipeline.timing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServingMeterTest {
  private static final long MS = 1_000_000;
  private final ServingMeter meter = new ServingMeter();

  @Test
  void measured_enoughSteps_givesMediansOfStagesHopsAndToken() {
    meter.begin(7);
    meter.alone(true);
    meter.firstToken(3 * MS, 40 * MS);
    serve(31, 5);
    assertThat(meter.measured()).isEmpty();
    // One step of a machine that paused changes no median.
    serve(1, 500);
    MeasuredServing measured = meter.measured().orElseThrow();
    assertThat(measured.planId()).isEqualTo(7);
    assertThat(measured.ttftMs()).isEqualTo(43);
    assertThat(measured.intakeMs()).isEqualTo(3);
    assertThat(measured.stageDecodeMs()).containsExactly(5.0, 2.0);
    // The way from the source to its own stage belongs to the hop back.
    assertThat(measured.hopDecodeMs()).containsExactly(0.5, 0.5);
    assertThat(measured.handoverMs()).isEqualTo(0.1);
    assertThat(measured.contextTokens()).isEqualTo(40);
    assertThat(measured.tokenMs()).isEqualTo(8);
    assertThat(measured.steps()).isEqualTo(32);
  }

  @Test
  void measured_severalSequencesAtOnce_doNotCount() {
    meter.begin(7);
    meter.alone(false);
    serve(64, 5);
    assertThat(meter.measured()).isEmpty();
  }

  @Test
  void begin_anotherPlan_startsAnew() {
    meter.begin(7);
    meter.alone(true);
    serve(32, 5);
    meter.begin(8);
    assertThat(meter.measured()).isEmpty();
  }

  private void serve(int steps, long firstStageMs) {
    for (int i = 0; i < steps; i++) {
      meter.step(
          new long[] {firstStageMs * MS, 2 * MS}, new long[] {MS / 10, MS / 2, 4 * MS / 10}, 40);
    }
  }
}
