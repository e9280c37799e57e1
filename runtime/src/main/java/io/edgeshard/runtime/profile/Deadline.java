package io.edgeshard.runtime.profile;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock, and until when. */
final class Deadline {
  private static final double NANOS_PER_MS = 1e6;

  private final LongSupplier nanoClock;
  private final long startNanos;
  private final double limitMs;

  /** One that begins now. */
  Deadline(LongSupplier nanoClock, Duration limit) {
    this.nanoClock = nanoClock;
    this.limitMs = limit.toNanos() / NANOS_PER_MS;
    startNanos = nanoClock.getAsLong();
  }

  /** Since it began. */
  double nowMs() {
    return (nanoClock.getAsLong() - startNanos) / NANOS_PER_MS;
  }

  /** Until it is over; below 0 afterwards. */
  double leftMs() {
    return limitMs - nowMs();
  }

  /** How long something takes. */
  double time(Runnable work) {
    double start = nowMs();
    work.run();
    return nowMs() - start;
  }
}
