package io.edgeshard.planner.wide;

import io.edgeshard.planner.route.Found;
import io.edgeshard.planner.route.LayerFill;
import io.edgeshard.planner.route.Prices;
import io.edgeshard.planner.route.Route;
import io.edgeshard.planner.route.SearchSpace;
import io.edgeshard.planner.route.SubsetSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The best route found through many nodes whose layers are alike, and a bound. In rounds: a {@link
 * TollAscent} gives bound and routes, then nodes are ruled out with which every route costs more
 * than the best one known. Once few nodes are left the answer is exact.
 */
public final class WideSearch {
  private static final int[] NOT_COUNTED = {};
  private static final int ROUNDS = 4;

  /** Another round is worth while if at most this part of the nodes is left. */
  private static final double WORTH_A_ROUND = 0.9;

  private static final long EVALUATIONS = 3_000_000;

  private final SearchSpace space;
  private final Prices prices;
  private final double[] withNode;
  private int[] kept;
  private double lowerBound;
  private int[] bestWalk = {};
  private double bestCost = Double.POSITIVE_INFINITY;

  /** A search among all nodes of a space. */
  public WideSearch(SearchSpace space, Prices prices) {
    this.space = space;
    this.prices = prices;
    this.withNode = new double[space.nodeCount()];
    Arrays.fill(withNode, Double.POSITIVE_INFINITY);
    this.kept = IntStream.range(0, space.nodeCount()).toArray();
  }

  /** What the source alone costs. */
  private double alone() {
    return prices.first()
        + prices.stage(0)
        + prices.last(0)
        + new LayerFill(space, prices).cost(NOT_COUNTED, NOT_COUNTED);
  }

  /** The best route found, with what is proven of it. */
  public Found search() {
    double alone = alone();
    bestCost = alone;
    for (int round = 0; round < ROUNDS; round++) {
      int before = kept.length;
      round(alone);
      if (kept.length - 1 <= SubsetSearch.MOST_OTHERS) {
        return exact();
      }
      if (kept.length > before * WORTH_A_ROUND) {
        break;
      }
    }
    return found(route());
  }

  private void round(double alone) {
    SearchSpace part = space.of(kept);
    Prices partPrices = prices.of(kept);
    ChargeRelaxation relaxation = new ChargeRelaxation(part, partPrices);
    LayerFill fill = new LayerFill(part, partPrices);
    Exchange exchange =
        new Exchange(
            partPrices, walk -> fill.cost(walk, NOT_COUNTED), kept.length, EVALUATIONS / ROUNDS);
    TollAscent ascent = new TollAscent(relaxation, exchange, kept.length);
    ascent.climb(bestCost);
    keep(exchange);
    ruleOut(relaxation, ascent, alone);
  }

  private void keep(Exchange exchange) {
    if (exchange.bestCost() < bestCost * (1 - Found.TIE)) {
      bestCost = exchange.bestCost();
      bestWalk =
          exchange.best().through(kept).stops().stream()
              .skip(1)
              .mapToInt(Route.Stop::node)
              .toArray();
    }
  }

  private void ruleOut(ChargeRelaxation relaxation, TollAscent ascent, double alone) {
    double bound = ascent.bound();
    lowerBound = Math.max(lowerBound, Math.min(bound, alone));
    if (bound == Double.POSITIVE_INFINITY) {
      kept = new int[] {0};
      return;
    }
    relaxation.bound(ascent.tolls());
    double[] with = relaxation.boundsWith();
    for (int i = 0; i < kept.length; i++) {
      withNode[kept[i]] = i == 0 ? bestCost : with[i];
    }
    int[] all = kept;
    kept =
        IntStream.range(0, all.length)
            .filter(i -> i == 0 || with[i] <= bestCost * (1 + Found.TIE))
            .map(i -> all[i])
            .toArray();
  }

  /** Few nodes are left: the best among them is the best of all. */
  private Found exact() {
    Found found = new SubsetSearch(space.of(kept), prices.of(kept)).search();
    for (int i = 0; i < kept.length; i++) {
      withNode[kept[i]] = found.withNode().get(i);
    }
    Optional<Route> route = found.route().map(local -> local.through(kept));
    lowerBound = found.cost();
    bestCost = found.cost();
    return found(route);
  }

  private Found found(Optional<Route> route) {
    return new Found(
        route, bestCost, Math.min(lowerBound, bestCost), Arrays.stream(withNode).boxed().toList());
  }

  private Optional<Route> route() {
    if (bestCost == Double.POSITIVE_INFINITY) {
      return Optional.empty();
    }
    int[] counts = new int[space.nodeCount()];
    new LayerFill(space, prices).cost(bestWalk, counts);
    List<Route.Stop> stops = new ArrayList<>();
    stops.add(new Route.Stop(0, counts[0]));
    Arrays.stream(bestWalk).forEach(node -> stops.add(new Route.Stop(node, counts[node])));
    return Optional.of(new Route(stops));
  }
}
