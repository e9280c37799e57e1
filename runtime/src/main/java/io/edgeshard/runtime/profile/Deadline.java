package io.edgeshard.runtime.profile;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock, and until when. It stands still while something else is to be done. */
final class Deadline {
  private static final double NANOS_PER_MS = 1e6;

  private final LongSupplier nanoClock;
  private final long startNanos;
  private final double limitMs;
  private final Quiet quiet;
  private long waitedNanos;
  private boolean wasQuiet = true;

  /** One that begins now. */
  Deadline(LongSupplier nanoClock, Duration limit, Quiet quiet) {
    this.nanoClock = nanoClock;
    this.quiet = quiet;
    this.limitMs = limit.toNanos() / NANOS_PER_MS;
    startNanos = nanoClock.getAsLong();
  }

  /** Since it began, without the time in which something else was to be done. */
  double nowMs() {
    return (nanoClock.getAsLong() - startNanos - waitedNanos) / NANOS_PER_MS;
  }

  /** Waits until there is nothing else to do. */
  void awaitQuiet() {
    if (quiet.isQuiet()) {
      return;
    }
    long before = nanoClock.getAsLong();
    quiet.await();
    waitedNanos += nanoClock.getAsLong() - before;
  }

  /** Until it is over; below 0 afterwards. */
  double leftMs() {
    return limitMs - nowMs();
  }

  /** How long something takes, begun once there is nothing else to do. */
  double time(Runnable work) {
    awaitQuiet();
    long before = quiet.disturbances();
    double start = nowMs();
    work.run();
    double took = nowMs() - start;
    wasQuiet = quiet.disturbances() == before;
    return took;
  }

  /** Whether nothing else came during what was timed last. */
  boolean wasQuiet() {
    return wasQuiet;
  }
}
