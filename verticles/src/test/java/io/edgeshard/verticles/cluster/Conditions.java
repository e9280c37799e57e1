package io.edgeshard.verticles.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits until something is so, or fails after a limit with what was seen last. */
final class Conditions {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);

  private Conditions() {}

  static void await(String what, Duration limit, BooleanSupplier condition, Supplier<?> seen) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "expected %s within %d s, saw %s".formatted(what, limit.toSeconds(), seen.get()));
      }
      LockSupport.parkNanos(LOOK_INTERVAL.toNanos());
    }
  }
}
