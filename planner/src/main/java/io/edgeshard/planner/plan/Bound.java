package io.edgeshard.planner.plan;

/**
 * How good a plan is against the best there could be, in the objective's own unit: ms, ms per token
 * (for throughput, ms of the cluster per token) or joules, so that less is better.
 *
 * @param value what the plan gives
 * @param lowerBound no plan that keeps to the constraints gives less; at most {@code value}
 */
public record Bound(double value, double lowerBound) {
  /** What sums of the same times in another order may differ by. */
  private static final double ROUNDING = 1e-9;

  /**
   * How much worse than the bound the plan may be, as a part of the bound: 0 is proven best,
   * infinity means that nothing is proven.
   */
  public double gap() {
    double above = value - lowerBound;
    return above > ROUNDING * lowerBound ? above / lowerBound : 0;
  }
}
