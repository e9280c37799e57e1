package io.edgeshard.planner.route;

/**
 * A limit of the time per token, beside whatever is to be least.
 *
 * @param prices milliseconds of a decode step
 * @param ms the most that a token may take; infinite where there is no limit
 */
public record TimeLimit(Prices prices, double ms) {
  /** The same prices without a limit. */
  public static TimeLimit none(Prices prices) {
    return new TimeLimit(prices, Double.POSITIVE_INFINITY);
  }

  /** Whether there is one. */
  public boolean isSet() {
    return ms < Double.POSITIVE_INFINITY;
  }
}
