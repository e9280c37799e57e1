package io.edgeshard.planner.exact;

import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.route.Found;
import io.edgeshard.planner.route.Prices;
import io.edgeshard.planner.route.Route;
import io.edgeshard.planner.route.SearchSpace;
import io.edgeshard.planner.route.TimeLimit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The route of least energy over few nodes, by every set of nodes that may be switched on.
 *
 * <p>For each set it is the least energy of a route within it while all of it is switched on. A
 * route that leaves one of them out is charged too much there and rightly in a smaller set, so the
 * least over all sets is the least there is. Sets come in the order of what they cost at least:
 * once that is more than the best route, no further set can be better.
 */
final class SwitchedSets {
  private final SearchSpace space;
  private final PriceList priceList;
  private final TimeLimit limit;
  private final long mostWork;

  /**
   * Sets of one space.
   *
   * @param mostWork how much work all sets together may be
   */
  SwitchedSets(SearchSpace space, PriceList priceList, TimeLimit limit, long mostWork) {
    this.space = space;
    this.priceList = priceList;
    this.limit = limit;
    this.mostWork = mostWork;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Switched(int[] nodes, double atLeast) {}

  /** The best route by the source and any of {@code others}. */
  Found search(int[] others) {
    List<Switched> sets = new ArrayList<>();
    for (int set = 0; set < 1 << others.length; set++) {
      int[] nodes = nodes(others, set);
      sets.add(new Switched(nodes, atLeast(nodes)));
    }
    sets.sort(Comparator.comparingDouble(Switched::atLeast));
    Found best = Found.none(space.nodeCount());
    for (Switched set : sets) {
      boolean isWorse = set.atLeast >= best.cost() * (1 + Found.TIE);
      best = better(best, isWorse ? left(set) : within(set.nodes, mostWork / sets.size()));
    }
    return best;
  }

  private static int[] nodes(int[] others, int set) {
    IntStream on =
        IntStream.range(0, others.length).filter(i -> (set >> i & 1) != 0).map(i -> others[i]);
    return IntStream.concat(IntStream.of(0), on).toArray();
  }

  private Prices prices(int[] nodes) {
    double idleWatts =
        IntStream.of(nodes)
            .mapToObj(priceList::draw)
            .mapToDouble(draw -> draw.map(PowerDraw::idleWatts).orElse(0d))
            .sum();
    return priceList.energy(idleWatts, 0, nodes);
  }

  /**
   * At least what a route by all nodes of a set costs; infinite where they have too little room.
   */
  private double atLeast(int[] nodes) {
    Prices prices = prices(nodes);
    SearchSpace part = space.of(nodes);
    double sum = prices.first() + prices.stage(0);
    double leastLast = prices.last(0);
    for (int node = 1; node < nodes.length; node++) {
      int to = node;
      sum += prices.stage(node);
      sum +=
          IntStream.range(0, nodes.length)
              .filter(from -> from != to)
              .mapToDouble(from -> prices.hop(from, to))
              .min()
              .orElse(0);
      leastLast = Math.min(leastLast, prices.last(node));
    }
    int left = space.layers();
    int[] cheapestFirst =
        IntStream.range(0, nodes.length)
            .boxed()
            .sorted(Comparator.comparingDouble(prices::layer))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int node : cheapestFirst) {
      int given = Math.max(0, Math.min(left, part.capacity(node, false)));
      sum += given * prices.layer(node);
      left -= given;
    }
    return left > 0 ? Double.POSITIVE_INFINITY : sum + leastLast;
  }

  /** Of a set that need not be searched. */
  private Found left(Switched set) {
    List<Double> withNode = withNode();
    Arrays.stream(set.nodes).forEach(node -> withNode.set(node, set.atLeast));
    return new Found(Optional.empty(), Double.POSITIVE_INFINITY, set.atLeast, withNode);
  }

  private Found within(int[] nodes, long work) {
    Found found =
        new RouteSearch(space.of(nodes), work)
            .search(prices(nodes), new TimeLimit(limit.prices().of(nodes), limit.ms()));
    List<Double> withNode = withNode();
    IntStream.range(0, nodes.length).forEach(i -> withNode.set(nodes[i], found.withNode().get(i)));
    Optional<Route> route = found.route().map(local -> local.through(nodes));
    return new Found(route, found.cost(), found.lowerBound(), withNode);
  }

  private List<Double> withNode() {
    return new ArrayList<>(Collections.nCopies(space.nodeCount(), Double.POSITIVE_INFINITY));
  }

  private static Found better(Found one, Found other) {
    List<Double> withNode =
        IntStream.range(0, one.withNode().size())
            .mapToObj(node -> Math.min(one.withNode().get(node), other.withNode().get(node)))
            .toList();
    Found best = other.cost() < one.cost() * (1 - Found.TIE) ? other : one;
    return new Found(
        best.route(), best.cost(), Math.min(one.lowerBound(), other.lowerBound()), withNode);
  }
}
