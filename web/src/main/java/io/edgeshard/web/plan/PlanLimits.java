package io.edgeshard.web.plan;

import java.time.Duration;

/**
 * How patient the server is with plans that are made.
 *
 * @param answer until a what-if is answered
 * @param begin until it is said whether measuring or planning again has begun or waits
 * @param atOnce the most that may be under way together; further ones are refused
 */
public record PlanLimits(Duration answer, Duration begin, int atOnce) {
  public PlanLimits {
    if (answer.toMillis() < 1 || begin.toMillis() < 1 || atOnce < 1) {
      throw new IllegalArgumentException(
          "expected limits of at least 1 ms and one at once, found "
              + answer
              + ", "
              + begin
              + " and "
              + atOnce);
    }
  }

  /** More than the largest clusters need, and less than people wait. */
  public static PlanLimits usual() {
    return new PlanLimits(Duration.ofSeconds(15), Duration.ofSeconds(2), 4);
  }
}
