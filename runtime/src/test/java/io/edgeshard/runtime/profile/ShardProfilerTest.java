package io.edgeshard.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.TimeCurve;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.fixture.RealModel;
import io.edgeshard.runtime.fixture.TinyModel;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is measured, that it ends and gives back all it took; never how fast this machine is. */
final class ShardProfilerTest {
  private static final int CHUNK = 64;
  private static final Duration AMPLE = Duration.ofMinutes(5);

  @TempDir private Path folder;

  static List<TinyModel> models() {
    return TinyModel.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void measure_anyModel_measuresEveryPart(TinyModel model) {
    try (Checkpoint checkpoint = Checkpoint.open(model.writeTo(folder))) {
      MeasuredCompute measured =
          ShardProfiler.measure(checkpoint, WeightType.EXACT, 1, CHUNK, AMPLE, Quiet.ALWAYS);
      assertWhole(measured);
      assertThat(rows(measured, Part.DECODE_LAYER)).contains(1, 2, 4, 8);
      assertThat(rows(measured, Part.PREFILL_LAYER)).contains(4, 16, 32, CHUNK);
      assertThat(contexts(measured, Part.DECODE_LAYER)).hasSize(2);
      assertThat(contexts(measured, Part.PREFILL_LAYER)).hasSize(2);
      assertThat(measured.measurements()).allMatch(measurement -> measurement.runs() > 0);
    }
  }

  @Test
  void measure_realModel_measuresEveryPart() {
    try (Checkpoint checkpoint = Checkpoint.open(RealModel.path())) {
      MeasuredCompute measured =
          ShardProfiler.measure(checkpoint, WeightType.FAST, 1, CHUNK, AMPLE, Quiet.ALWAYS);
      assertWhole(measured);
      assertThat(contexts(measured, Part.DECODE_LAYER)).containsExactly(16, 512);
      assertThat(measured.times().head().ms(1)).isPositive();
    }
  }

  private static void assertWhole(MeasuredCompute measured) {
    ComputeProfile times = measured.times();
    assertThat(measured.measurements().stream().map(Measurement::part).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Part.values());
    assertThat(times.decode().layer().ms(1)).isPositive();
    assertThat(times.prefill().layer().ms(1)).isPositive();
    for (TimeCurve curve :
        List.of(
            times.decode().layer(),
            times.prefill().layer(),
            times.embedding(),
            times.head(),
            times.step())) {
      assertThat(curve.points().stream().map(TimeCurve.Point::ms).toList()).isSorted();
    }
  }

  private static List<Integer> rows(MeasuredCompute measured, Part part) {
    return of(measured, part).stream().map(Measurement::rows).toList();
  }

  private static List<Integer> contexts(MeasuredCompute measured, Part part) {
    return of(measured, part).stream().map(Measurement::contextTokens).distinct().toList();
  }

  private static List<Measurement> of(MeasuredCompute measured, Part part) {
    return measured.measurements().stream().filter(one -> one.part() == part).toList();
  }

  @Test
  void measure_done_hasGivenBackAllMemory() {
    try (Checkpoint checkpoint = Checkpoint.open(TinyModel.grouped().writeTo(folder))) {
      long before = directMemoryBytes();
      ShardProfiler.measure(checkpoint, WeightType.FAST, 1, CHUNK, AMPLE, Quiet.ALWAYS);
      assertThat(directMemoryBytes()).isLessThanOrEqualTo(before);
    }
  }

  @Test
  void run_limitOnTheClock_endsWithinItWithFewerRuns() {
    AtomicLong clock = new AtomicLong();
    Duration limit = Duration.ofSeconds(30);
    MeasuredCompute measured = run(clock, Duration.ofMillis(20), limit);
    assertThat(Duration.ofNanos(clock.get())).isBetween(limit.dividedBy(2), limit.plusSeconds(1));
    int[] all = runs(run(new AtomicLong(), Duration.ofNanos(1), AMPLE));
    assertThat(runs(measured)).hasSameSizeAs(all);
    assertThat(Arrays.stream(runs(measured)).sum()).isLessThan(Arrays.stream(all).sum());
  }

  @Test
  void run_littleTime_leavesOutWhatTakesLong() {
    AtomicLong clock = new AtomicLong();
    Duration limit = Duration.ofSeconds(16);
    MeasuredCompute measured = run(clock, Duration.ofMillis(250), limit);
    // When time is up this clock still moves on for each probe that is asked whether to run.
    assertThat(Duration.ofNanos(clock.get())).isLessThan(limit.plusSeconds(4));
    assertThat(contexts(measured, Part.DECODE_LAYER)).hasSize(1);
    assertThat(rows(measured, Part.PREFILL_LAYER)).containsExactly(4);
    assertThat(measured.times().prefill().layer().ms(CHUNK)).isPositive();
    assertThat(of(measured, Part.STEP)).isNotEmpty();
  }

  @Test
  void run_noTimeAtAll_saysSoAndGivesBackAllMemory() {
    long before = directMemoryBytes();
    assertThatThrownBy(() -> run(new AtomicLong(), Duration.ofMillis(50), Duration.ofMillis(100)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("expected to measure")
        .hasMessageContaining("PT0.1S");
    assertThat(directMemoryBytes()).isLessThanOrEqualTo(before);
  }

  @Test
  void run_requestsAreServedMeanwhile_waitsAndHasAllItsTimeLeft() {
    AtomicLong clock = new AtomicLong();
    int[] undisturbed = runs(run(clock, Duration.ofNanos(1), AMPLE));
    Served served = new Served(clock, looks -> looks % 10 == 0, false);

    MeasuredCompute measured = run(clock, Duration.ofNanos(1), AMPLE, served);

    assertThat(served.waits).isPositive();
    assertThat(runs(measured)).isEqualTo(undisturbed);
  }

  @Test
  void run_everyStepIsDisturbed_countsNone() {
    AtomicLong clock = new AtomicLong();
    assertThatThrownBy(
            () ->
                run(
                    clock,
                    Duration.ofMillis(20),
                    Duration.ofSeconds(30),
                    new Served(clock, looks -> false, true)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("expected to measure");
  }

  /** A machine that is asked for something else at some looks, for an hour each time. */
  private static final class Served implements Quiet {
    private final AtomicLong clock;
    private final IntPredicate isServing;
    private final boolean alwaysDisturbs;
    private int looks;
    private int waits;
    private long disturbances;

    Served(AtomicLong clock, IntPredicate isServing, boolean alwaysDisturbs) {
      this.clock = clock;
      this.isServing = isServing;
      this.alwaysDisturbs = alwaysDisturbs;
    }

    @Override
    public boolean isQuiet() {
      return !isServing.test(++looks);
    }

    @Override
    public void await() {
      waits++;
      clock.addAndGet(Duration.ofHours(1).toNanos());
    }

    @Override
    public long disturbances() {
      disturbances += alwaysDisturbs ? 1 : 0;
      return disturbances;
    }
  }

  /** Measures by a clock that moves on by so much whenever it is read. */
  private MeasuredCompute run(AtomicLong clock, Duration tick, Duration limit) {
    return run(clock, tick, limit, Quiet.ALWAYS);
  }

  private MeasuredCompute run(AtomicLong clock, Duration tick, Duration limit, Quiet quiet) {
    try (Checkpoint checkpoint = Checkpoint.open(TinyModel.grouped().writeTo(folder))) {
      return new ShardProfiler(
              () -> clock.addAndGet(tick.toNanos()),
              length -> clock.addAndGet(length.toNanos()),
              quiet)
          .run(checkpoint, WeightType.EXACT, 1, CHUNK, limit);
    }
  }

  private static int[] runs(MeasuredCompute measured) {
    return measured.measurements().stream().mapToInt(Measurement::runs).toArray();
  }

  private static long directMemoryBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
