package io.edgeshard.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.cluster.ComputeProfile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Of a machine whose times are known, the fit says these. */
final class ProfileFitTest {
  private static final double STEP_MS = 0.1;
  private static final double PAUSE_MS = 0.3;
  private static final double LAYER_MS = 0.25;
  private static final double CONTEXT_MS = 0.001;
  private static final double PREFILL_ROW_MS = 0.05;
  private static final double HEAD_MS = 1.5;
  private static final int NEAR = 16;
  private static final int FAR = 512;

  private final AtomicLong clock = new AtomicLong();
  private final Deadline deadline = new Deadline(clock::get, Duration.ofMinutes(1), Quiet.ALWAYS);

  private Probe probe(int layers, int rows, int context, double... roundsMs) {
    AtomicLong round = new AtomicLong();
    Probe probe =
        new Probe(
            layers,
            rows,
            context,
            () ->
                clock.addAndGet(
                    Math.round(1e6 * roundsMs[(int) round.getAndIncrement() % roundsMs.length])));
    for (int i = 0; i < roundsMs.length; i++) {
      probe.run(deadline);
      probe.endRound();
    }
    return probe;
  }

  private Probe decode(int layers, int sequences, int context) {
    double ms = STEP_MS + layers * (LAYER_MS + CONTEXT_MS * context);
    // A batch shares its weights: each further sequence takes a fifth of the first.
    return probe(layers, sequences, context, ms * (4 + sequences) / 5);
  }

  private Probe prefill(int layers, int rows, int context) {
    return probe(
        layers, rows, context, STEP_MS + layers * rows * (PREFILL_ROW_MS + CONTEXT_MS * context));
  }

  private Probes probes(List<Probe> heads) {
    return probes(heads, prefill(3, 64, 0));
  }

  private Probes probes(List<Probe> heads, Probe chunk) {
    return new Probes(
        probe(0, 1, 0, STEP_MS),
        probe(0, 64, 0, STEP_MS + 0.02),
        probe(0, 1, 0, STEP_MS + 0.01),
        probe(0, 64, 0, STEP_MS + 0.02 + 0.4),
        decode(3, 1, NEAR),
        probe(3, 1, NEAR, decode(3, 1, NEAR).medianMs() + PAUSE_MS),
        decode(12, 1, NEAR),
        Optional.of(decode(12, 1, FAR)),
        heads,
        List.of(decode(12, 4, NEAR)),
        List.of(prefill(3, 16, 0), chunk),
        Optional.of(prefill(12, 32, FAR)));
  }

  @Test
  void fit_timesOfAKnownMachine_areFoundAgain() {
    Probes probes =
        probes(List.of(probe(0, 1, 0, STEP_MS + HEAD_MS), probe(0, 4, 0, STEP_MS + 2 * HEAD_MS)));
    ComputeProfile times = new ProfileFit(probes, 10).fit().times();
    assertThat(times.step().ms(1)).isCloseTo(STEP_MS + PAUSE_MS, within(1e-6));
    assertThat(times.step().ms(64)).isCloseTo(STEP_MS + 0.02 + PAUSE_MS, within(1e-6));
    assertThat(times.embedding().ms(1)).isCloseTo(0.01, within(1e-6));
    assertThat(times.embedding().ms(64)).isCloseTo(0.4, within(1e-6));
    assertThat(times.head().ms(1)).isCloseTo(HEAD_MS, within(1e-6));
    assertThat(times.head().ms(4)).isCloseTo(2 * HEAD_MS, within(1e-3));
    assertThat(times.decode().ms(1, 100)).isCloseTo(LAYER_MS + 0.1, within(1e-5));
    assertThat(times.prefill().ms(64, 0)).isCloseTo(64 * PREFILL_ROW_MS, within(0.01));
    assertThat(times.prefill().ms(32, FAR))
        .isCloseTo(32 * (PREFILL_ROW_MS + CONTEXT_MS * FAR), within(0.01));
    double fourMs = times.step().ms(4) - PAUSE_MS + 12 * times.decode().ms(4, NEAR);
    assertThat(fourMs).isCloseTo(decode(12, 4, NEAR).medianMs(), within(0.01));
  }

  @Test
  void fit_chunkHeldUpWhileItRan_takesNoMoreForARowThanASmallerOne() {
    Probe heldUp = probe(3, 64, 0, 20 * prefill(3, 64, 0).medianMs());
    ComputeProfile times = new ProfileFit(probes(List.of(), heldUp), 10).fit().times();
    assertThat(times.prefill().ms(64, 0)).isCloseTo(4 * times.prefill().ms(16, 0), within(1e-9));
  }

  @Test
  void fit_headNotMeasured_isReckonedByItsWeights() {
    MeasuredCompute measured = new ProfileFit(probes(List.of()), 10).fit();
    double layerMs = LAYER_MS + CONTEXT_MS * NEAR;
    assertThat(measured.times().head().ms(1)).isCloseTo(10 * layerMs, within(1e-5));
    assertThat(measured.measurements())
        .filteredOn(one -> one.part() == Part.HEAD)
        .singleElement()
        .matches(one -> one.runs() == 0);
  }

  @Test
  void as_roundsThatDiffer_keepsTheirSpread() {
    Measurement measured = probe(2, 1, 0, 9, 3, 5).as(Part.DECODE_LAYER, 1);
    assertThat(measured.medianMs()).isCloseTo(2, within(1e-9));
    assertThat(measured.leastMs()).isCloseTo(1, within(1e-9));
    assertThat(measured.mostMs()).isCloseTo(4, within(1e-9));
    assertThat(measured.runs()).isEqualTo(3);
  }
}
