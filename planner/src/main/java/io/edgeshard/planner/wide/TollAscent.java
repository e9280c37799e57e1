package io.edgeshard.planner.wide;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Raises the bound of a {@link ChargeRelaxation} step by step: the toll of a node that its solution
 * leaves more often than once goes up, that of a node it never leaves goes down (subgradient, with
 * steps that become shorter where the bound no longer rises). Some of the solutions are starts for
 * an {@link Exchange}.
 */
final class TollAscent {
  private static final int STEPS = 150;
  private static final int STEPS_BETWEEN_STARTS = 25;
  private static final int PATIENCE = 10;
  private static final double NOTEWORTHY = 1e-4;

  /** How far above the bound the best route is taken to be while none is known. */
  private static final double GUESS = 1.05;

  private final ChargeRelaxation relaxation;
  private final Exchange exchange;
  private final Set<List<Integer>> started = new HashSet<>();
  private double[] tolls;
  private double[] bestTolls;
  private double bound = Double.NEGATIVE_INFINITY;
  private double pace = 1;
  private int stale;

  TollAscent(ChargeRelaxation relaxation, Exchange exchange, int nodes) {
    this.relaxation = relaxation;
    this.exchange = exchange;
    this.tolls = new double[nodes];
    this.bestTolls = tolls;
  }

  /** The best bound on routes by other nodes than the source; infinite where there are none. */
  double bound() {
    return bound;
  }

  /** The tolls of the best bound. */
  double[] tolls() {
    return bestTolls.clone();
  }

  /**
   * Climbs.
   *
   * @param known what the best route known costs; infinite where none is known
   */
  void climb(double known) {
    for (int step = 0; step < STEPS && bound < Double.POSITIVE_INFINITY; step++) {
      double value = relaxation.bound(tolls);
      note(value);
      if (value == Double.POSITIVE_INFINITY) {
        return;
      }
      ChargeRelaxation.Solution solution = relaxation.solution();
      if (step % STEPS_BETWEEN_STARTS == 0 && started.add(solution.used())) {
        exchange.startFrom(solution.used(), solution.last());
      }
      int[] excess = relaxation.excess(solution);
      if (Arrays.stream(excess).allMatch(each -> each == 0)) {
        return;
      }
      double best = Math.min(known, exchange.bestCost());
      step(excess, (best < Double.POSITIVE_INFINITY ? best : value * GUESS) - value);
    }
  }

  private void note(double value) {
    stale++;
    if (value > bound) {
      stale = value > bound + NOTEWORTHY * Math.abs(bound) ? 0 : stale;
      bound = value;
      bestTolls = tolls;
    }
    if (stale > PATIENCE) {
      pace /= 2;
      stale = 0;
    }
  }

  private void step(int[] excess, double gap) {
    double square = Arrays.stream(excess).mapToDouble(each -> (double) each * each).sum();
    double length = pace * Math.max(gap, 0) / square;
    double[] next = tolls.clone();
    for (int node = 0; node < next.length; node++) {
      next[node] += length * excess[node];
    }
    tolls = next;
  }
}
