package io.edgeshard.verticles.pipeline.timing;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The latest decode steps of the plan in force: the mean of their middle half, by the time of the
 * whole step. A pause of the machine does not count, and stages and hops add up to the token, which
 * their medians do not. Not thread-safe, except {@link #measured()}.
 */
public final class ServingMeter {
  private static final int KEPT_STEPS = 128;
  private static final int KEPT_FIRST_TOKENS = 16;

  /** Steps are put in order again after so many: a token has no time for it. */
  private static final int STEPS_BETWEEN = 32;

  private static final double NANOS_PER_MS = 1e6;

  private final Deque<Step> latest = new ArrayDeque<>();
  private final Deque<First> firstTokens = new ArrayDeque<>();
  private long planId;
  private long steps;
  private double servedMs;
  private boolean alone;
  private volatile Optional<MeasuredServing> measured = Optional.empty();

  private record First(double intakeMs, double promptMs, int promptTokens) {}

  /** A step's times in ms: of each stage, of the hop after each, and of the last one's end. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Step(double[] stagesMs, double[] hopsMs, double handoverMs, int contextTokens) {
    double totalMs() {
      return IntStream.range(0, stagesMs.length).mapToDouble(i -> stagesMs[i] + hopsMs[i]).sum();
    }
  }

  /** Begins anew with a plan. */
  public void begin(long plan) {
    planId = plan;
    steps = 0;
    servedMs = 0;
    latest.clear();
    firstTokens.clear();
    measured = Optional.empty();
  }

  /** Notes whether one sequence has the pipeline to itself: only such steps count. */
  public void alone(boolean isAlone) {
    alone = isAlone;
  }

  /**
   * Adds a first token.
   *
   * @param intakeNanos from the request's arrival to its first chunk
   * @param promptNanos from there to the token
   * @param promptTokens of the prompt
   */
  public void firstToken(long intakeNanos, long promptNanos, int promptTokens) {
    if (alone) {
      firstTokens.add(new First(ms(intakeNanos), ms(promptNanos), promptTokens));
      if (firstTokens.size() > KEPT_FIRST_TOKENS) {
        firstTokens.remove();
      }
    }
  }

  /**
   * Adds a decode step.
   *
   * @param stageNanos of each stage
   * @param hopNanos from the source to the first stage, from each stage to the next, and back
   * @param contextTokens in the KV cache before it
   */
  public void step(long[] stageNanos, long[] hopNanos, int contextTokens) {
    if (!alone) {
      return;
    }
    int stages = stageNanos.length;
    double[] stagesMs = IntStream.range(0, stages).mapToDouble(i -> ms(stageNanos[i])).toArray();
    double[] hopsMs = IntStream.range(0, stages).mapToDouble(i -> ms(hopNanos[i + 1])).toArray();
    // A token that is back goes on to the first stage at once: to the plan that is one hop.
    double handoverMs = ms(hopNanos[0]);
    hopsMs[stages - 1] += handoverMs;
    Step step = new Step(stagesMs, hopsMs, handoverMs, contextTokens);
    latest.add(step);
    servedMs += step.totalMs();
    if (latest.size() > KEPT_STEPS) {
      latest.remove();
    }
    steps++;
    if (steps % STEPS_BETWEEN == 0) {
      measured = Optional.of(summary(stages));
    }
  }

  /** What the plan in force gave lately; empty before enough has been served. */
  public Optional<MeasuredServing> measured() {
    return measured;
  }

  private MeasuredServing summary(int stages) {
    List<Step> middle = middleHalf();
    return new MeasuredServing(
        planId,
        median(firstTokens, first -> first.intakeMs() + first.promptMs()),
        median(firstTokens, First::intakeMs),
        mean(middle, Step::totalMs),
        each(stages, i -> mean(middle, step -> step.stagesMs()[i])),
        each(stages, i -> mean(middle, step -> step.hopsMs()[i])),
        mean(middle, Step::handoverMs),
        new MeasuredServing.Lengths(
            (int) median(firstTokens, First::promptTokens),
            (int) median(latest, Step::contextTokens)),
        steps,
        servedMs);
  }

  private List<Step> middleHalf() {
    int quarter = latest.size() / 4;
    return latest.stream()
        .sorted(Comparator.comparingDouble(Step::totalMs))
        .skip(quarter)
        .limit(latest.size() - 2L * quarter)
        .toList();
  }

  private static List<Double> each(int stages, IntToDoubleFunction figure) {
    return IntStream.range(0, stages).mapToDouble(figure).boxed().toList();
  }

  private static double mean(List<Step> steps, ToDoubleFunction<Step> part) {
    return steps.stream().mapToDouble(part).average().orElse(0);
  }

  private static <T> double median(Deque<T> values, ToDoubleFunction<T> part) {
    double[] sorted = values.stream().mapToDouble(part).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** Clocks that are set right by probes may be a little off: nothing takes less than nothing. */
  private static double ms(long nanos) {
    return Math.max(0, nanos) / NANOS_PER_MS;
  }
}
