package io.edgeshard.planner.exact;

import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.route.Found;
import io.edgeshard.planner.route.Prices;
import io.edgeshard.planner.route.Route;
import io.edgeshard.planner.route.SearchSpace;
import io.edgeshard.planner.route.TimeLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The route of least energy.
 *
 * <p>Every node that takes part draws its idle watts for the whole token: idle watts of all, I,
 * times the time of a token, T, which does not add up over stages. Of few nodes every set is tried.
 * Of many, with I0 the least I (the source's) and T0 the least T, no I T is less than
 *
 * <pre>I0 T + T0 (I - I0)</pre>
 *
 * (McCormick 1976), which does add up: it gives a bound, for all routes and for those with a node.
 * Around what a known route has for I and T it leads to better routes. Nodes with which every route
 * costs more than the best known one are then left out, and the sets of the few that seem best are
 * tried.
 */
final class EnergySearch {
  /** Nodes besides the source of which every set is tried. */
  private static final int FEW = 12;

  /** The same where routes in a set have to be searched layer by layer. */
  private static final int FEW_BY_LAYERS = 8;

  /** Of the work of one search, as much for all sets together, and as little for each of many. */
  private static final int MORE_FOR_SETS = 4;

  private static final int PARTS = 4;

  private static final int STEPS = 2;
  private static final double MS_PER_SECOND = 1000;

  private final SearchSpace space;
  private final PriceList priceList;
  private final TimeLimit limit;
  private final long mostWork;
  private final int few;

  EnergySearch(SearchSpace space, PriceList priceList, TimeLimit limit, long mostWork) {
    this(
        space,
        priceList,
        limit,
        mostWork,
        space.isUniform() && !limit.isSet() ? FEW : FEW_BY_LAYERS);
  }

  EnergySearch(SearchSpace space, PriceList priceList, TimeLimit limit, long mostWork, int few) {
    this.space = space;
    this.priceList = priceList;
    this.limit = limit;
    this.mostWork = mostWork;
    this.few = few;
  }

  /** The best route over nodes whose draw is known. */
  Found search() {
    int[] known =
        IntStream.range(0, space.nodeCount())
            .filter(node -> node == 0 || priceList.draw(node).isPresent())
            .toArray();
    int[] others = IntStream.of(known).skip(1).toArray();
    return others.length <= few ? bySets(others) : ofMany(known);
  }

  private Found bySets(int... others) {
    return new SwitchedSets(space, priceList, limit, MORE_FOR_SETS * mostWork).search(others);
  }

  private Found ofMany(int[] known) {
    Found fastest = among(known, limit.prices().of(known));
    if (fastest.lowerBound() > limit.ms() || fastest.lowerBound() == Double.POSITIVE_INFINITY) {
      return Found.none(space.nodeCount());
    }
    double leastMs = fastest.lowerBound();
    Found relaxed = among(known, priceList.energy(idleWatts(0), leastMs, known));
    Optional<Route> best = better(fastest.route(), relaxed.route());
    for (int step = 0; step < STEPS; step++) {
      best = better(best, best.flatMap(route -> among(known, around(route, known)).route()));
    }
    int[] chosen = chosen(known, best, relaxed.withNode());
    Found tried = bySets(chosen);
    best = better(best, tried.route());
    double cost = best.map(this::joules).orElse(Double.POSITIVE_INFINITY);
    double elsewhere =
        IntStream.of(known)
            .skip(1)
            .filter(node -> IntStream.of(chosen).noneMatch(other -> other == node))
            .mapToDouble(node -> relaxed.withNode().get(node))
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    double lowerBound = Math.max(relaxed.lowerBound(), Math.min(tried.lowerBound(), elsewhere));
    return new Found(best, cost, Math.min(cost, lowerBound), relaxed.withNode());
  }

  /** The best route by some of the nodes, at prices of theirs. */
  private Found among(int[] nodes, Prices prices) {
    TimeLimit limited = new TimeLimit(limit.prices().of(nodes), limit.ms());
    Found found = new RouteSearch(space.of(nodes), mostWork / PARTS).search(prices, limited);
    List<Double> withNode =
        new ArrayList<>(Collections.nCopies(space.nodeCount(), Double.POSITIVE_INFINITY));
    IntStream.range(0, nodes.length).forEach(i -> withNode.set(nodes[i], found.withNode().get(i)));
    Optional<Route> route = found.route().map(local -> local.through(nodes));
    return new Found(route, found.cost(), found.lowerBound(), withNode);
  }

  /** Energy in the neighbourhood of a route: its tangent in idle watts and time. */
  private Prices around(Route route, int... nodes) {
    return priceList.energy(idleWatts(route), limit.prices().of(route), nodes);
  }

  /** Besides the source the best route's nodes, and those with which it might get better yet. */
  private int[] chosen(int[] known, Optional<Route> best, List<Double> withNode) {
    List<Integer> used =
        best.map(route -> route.stops().stream().map(Route.Stop::node).toList()).orElse(List.of());
    double most = best.map(this::joules).orElse(Double.POSITIVE_INFINITY);
    return IntStream.of(known)
        .filter(node -> node != 0)
        .boxed()
        .filter(node -> withNode.get(node) <= most)
        .sorted(
            Comparator.comparing((Integer node) -> !used.contains(node))
                .thenComparing(withNode::get)
                .thenComparing(this::joulesOfLayer))
        .limit(few)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private double joulesOfLayer(int node) {
    double watts = priceList.draw(node).map(PowerDraw::busyWatts).orElse(0d);
    return watts * limit.prices().layer(node) / MS_PER_SECOND;
  }

  private Optional<Route> better(Optional<Route> one, Optional<Route> other) {
    return Stream.of(one, other)
        .flatMap(Optional::stream)
        .filter(route -> limit.prices().of(route) <= limit.ms())
        .min(Comparator.comparingDouble(this::joules));
  }

  private double joules(Route route) {
    int[] all = IntStream.range(0, space.nodeCount()).toArray();
    return priceList.energy(idleWatts(route), 0, all).of(route);
  }

  private double idleWatts(Route route) {
    return route.stops().stream().mapToInt(Route.Stop::node).mapToDouble(this::idleWatts).sum();
  }

  private double idleWatts(int node) {
    return priceList.draw(node).map(PowerDraw::idleWatts).orElse(0d);
  }
}
