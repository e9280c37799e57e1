package io.edgeshard.verticles.pipeline.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.goal.TypicalRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServingMeterTest {
  private static final long MS = 1_000_000;
  private final ServingMeter meter = new ServingMeter();

  @Test
  void measured_enoughSteps_givesStagesHopsAndToken() {
    meter.begin(7);
    meter.alone(true);
    meter.firstToken(3 * MS, 40 * MS, 30);
    serve(31, 5);
    assertThat(meter.measured()).isEmpty();
    // One step of a machine that paused changes nothing.
    serve(1, 500);
    MeasuredServing measured = meter.measured().orElseThrow();
    assertThat(measured.planId()).isEqualTo(7);
    assertThat(measured.ttftMs()).isEqualTo(43);
    assertThat(measured.intakeMs()).isEqualTo(3);
    assertClose(measured.stageDecodeMs(), 5.0, 2.0);
    // The way from the source to its own stage belongs to the hop back.
    assertClose(measured.hopDecodeMs(), 0.5, 0.5);
    assertThat(measured.handoverMs()).isCloseTo(0.1, within(1e-9));
    assertThat(measured.lengths()).isEqualTo(new MeasuredServing.Lengths(30, 40));
    assertThat(measured.tokenMs()).isCloseTo(8, within(1e-9));
    assertThat(measured.steps()).isEqualTo(32);
    assertThat(measured.servedMs()).isCloseTo(31 * 8 + 503, within(1e-6));
  }

  @Test
  void measured_stagesThatAreSlowInTurns_addUpToTheToken() {
    meter.begin(7);
    meter.alone(true);
    for (int i = 0; i < 64; i++) {
      long slow = i % 3 * MS;
      meter.step(
          new long[] {2 * MS + slow, 2 * MS + (i % 2 == 0 ? 5 * MS : 0)},
          new long[] {MS / 10, MS / 2, MS / 2 + 2 * MS - slow},
          40);
    }
    MeasuredServing measured = meter.measured().orElseThrow();
    double parts =
        Stream.concat(measured.stageDecodeMs().stream(), measured.hopDecodeMs().stream())
            .mapToDouble(Double::doubleValue)
            .sum();
    assertThat(measured.tokenMs()).isCloseTo(parts, within(1e-9));
  }

  @Test
  void lengths_request_isAsLongAsWhatWasServed() {
    TypicalRequest usual = new TypicalRequest(32, 96, 5);
    assertThat(new MeasuredServing.Lengths(3000, 3040).request(usual))
        .isEqualTo(new TypicalRequest(3000, 80, 5));
    assertThat(new MeasuredServing.Lengths(0, 20).request(usual))
        .isEqualTo(new TypicalRequest(20, 1, 5));
    assertThat(new MeasuredServing.Lengths(0, 0).request(usual)).isEqualTo(usual);
    // Medians of unlike requests: a prompt longer than the context that steps had.
    assertThat(new MeasuredServing.Lengths(90, 40).request(usual))
        .isEqualTo(new TypicalRequest(90, 1, 5));
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

  private static void assertClose(List<Double> found, double... expected) {
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found.get(i)).isCloseTo(expected[i], within(1e-9));
    }
  }

  private void serve(int steps, long firstStageMs) {
    for (int i = 0; i < steps; i++) {
      meter.step(
          new long[] {firstStageMs * MS, 2 * MS}, new long[] {MS / 10, MS / 2, 4 * MS / 10}, 40);
    }
  }
}
