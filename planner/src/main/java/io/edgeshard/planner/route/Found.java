package io.edgeshard.planner.route;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a search found.
 *
 * @param route the best route, if there is any
 * @param cost what it costs; infinite where there is none
 * @param lowerBound no route costs less
 * @param withNode for each node at least what the best route by that node costs; infinite where no
 *     route can come by it
 */
public record Found(Optional<Route> route, double cost, double lowerBound, List<Double> withNode) {
  /** Of two costs that are this much apart, as a part of them, neither is the lesser. */
  public static final double TIE = 1e-12;

  /** Two costs that are this much apart, as a part of them, are one, summed in another order. */
  private static final double ROUNDING = 1e-9;

  /** There is no route. */
  public static Found none(int nodes) {
    return new Found(
        Optional.empty(),
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        Collections.nCopies(nodes, Double.POSITIVE_INFINITY));
  }

  /** Whether nothing better can be found. */
  public boolean isProven() {
    return cost <= lowerBound * (1 + ROUNDING);
  }
}
