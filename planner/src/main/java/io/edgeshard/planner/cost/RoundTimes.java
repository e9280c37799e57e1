package io.edgeshard.planner.cost;

import io.edgeshard.planner.goal.PipelineMode;

/**
 * What one micro-batch needs for its next token, from which the time of a round with any number of
 * micro-batches follows.
 *
 * <p>With {@code s} the sum and {@code x} the busiest, a round of {@code m} micro-batches takes
 *
 * <pre>
 *   bubbles      s + (m - 1) x
 *   no bubbles   max(s, m x)
 * </pre>
 *
 * exactly, where it comes to each resource once; else none can be shorter than {@code max(s, m x)}.
 *
 * @param sumMs all stages and hops one after another
 * @param busiestMs the longest that one resource (a machine's cores, one direction of a link) is
 *     occupied by it
 */
public record RoundTimes(double sumMs, double busiestMs) {

  /** How long a round of so many micro-batches takes. */
  public double roundMs(int microBatches, PipelineMode mode) {
    return switch (mode) {
      case BUBBLES -> sumMs + (microBatches - 1) * busiestMs;
      case NO_BUBBLES -> Math.max(sumMs, microBatches * busiestMs);
    };
  }
}
