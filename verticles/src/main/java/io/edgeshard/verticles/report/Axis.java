package io.edgeshard.verticles.report;

import io.edgeshard.verticles.report.Plot.Tick;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A straight axis that begins at 0.
 *
 * @param from place of 0
 * @param to place of the last tick
 * @param step from tick to tick, in values
 * @param steps how many
 */
record Axis(double from, double to, double step, int steps) {
  private static final int MOST_STEPS = 6;
  private static final double[] ROUND = {1, 2, 2.5, 5, 10};

  /** An axis with round ticks that reaches a value. */
  static Axis reaching(double most, double from, double to) {
    double decade = Math.pow(10, Math.floor(Math.log10(most / MOST_STEPS)));
    for (double round : ROUND) {
      int steps = (int) Math.ceil(most / (round * decade));
      if (steps <= MOST_STEPS) {
        return new Axis(from, to, round * decade, steps);
      }
    }
    throw new IllegalStateException("expected a round step to reach " + most);
  }

  /** Where a value lies. */
  double at(double value) {
    return from + (to - from) * value / (step * steps);
  }

  /** Its ticks, 0 included. */
  List<Tick> ticks() {
    return IntStream.rangeClosed(0, steps)
        .mapToObj(i -> new Tick(at(i * step), label(i * step), ""))
        .toList();
  }

  private static String label(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
