package io.edgeshard.verticles.cli.plan;

import io.edgeshard.planner.plan.MemoryEstimate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as they are printed: as many digits as say something. */
final class Amounts {
  private static final double SMALL = 10;
  private static final double LARGE = 1000;
  private static final double PERCENT = 100;
  private static final long MANY_BYTES = 10L << 30;
  private static final double GIB = 1L << 30;

  private Amounts() {}

  /** A number without its unit; a dash where there is none. */
  static String number(@Nullable Double value) {
    if (value == null) {
      return "-";
    }
    double size = Math.abs(value);
    String form = size < SMALL ? "%.2f" : size < LARGE ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, form, value);
  }

  static String ms(double value) {
    return number(value) + " ms";
  }

  /** A difference, with its sign. */
  static String signed(double value) {
    return value < 0 ? number(value) : "+" + number(value);
  }

  /** How much more or less than {@code before}. */
  static String change(double before, double after) {
    return String.format(Locale.ROOT, "%+.1f %%", (after / before - 1) * PERCENT);
  }

  /** An amount of memory: MiB, rounded up, while that are few. */
  static String memory(long bytes) {
    return bytes < MANY_BYTES
        ? MemoryEstimate.mebibytes(bytes)
        : String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }

  /** A link's rate. */
  static String rate(double megabitsPerSecond) {
    return megabitsPerSecond < LARGE
        ? number(megabitsPerSecond) + " Mbit/s"
        : number(megabitsPerSecond / LARGE) + " Gbit/s";
  }
}
