package io.edgeshard.planner.exact;

import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.route.Found;
import io.edgeshard.planner.route.Route;
import io.edgeshard.planner.route.SearchSpace;
import io.edgeshard.planner.route.TimeLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The route of least energy.
 *
 * <p>Every node that takes part draws its idle watts for the whole token, so energy does not add up
 * over stages as time does. But once it is said which nodes are switched on, it does: for each set
 * of nodes the least energy of a route within it, all of them switched on. A route that leaves one
 * of them out is charged too much there and rightly in a smaller set, so the least over all sets is
 * the least there is.
 */
final class EnergySearch {
  private final SearchSpace space;
  private final PriceList priceList;
  private final TimeLimit limit;
  private final long mostWork;

  EnergySearch(SearchSpace space, PriceList priceList, TimeLimit limit, long mostWork) {
    this.space = space;
    this.priceList = priceList;
    this.limit = limit;
    this.mostWork = mostWork;
  }

  /** The best route over nodes whose draw is known. */
  Found search() {
    int[] others =
        IntStream.range(1, space.nodeCount())
            .filter(node -> priceList.draw(node).isPresent())
            .toArray();
    Found best = Found.none(space.nodeCount());
    for (int set = 0; set < 1 << others.length; set++) {
      int bits = set;
      int[] nodes =
          IntStream.concat(
                  IntStream.of(0),
                  IntStream.range(0, others.length)
                      .filter(i -> (bits >> i & 1) != 0)
                      .map(i -> others[i]))
              .toArray();
      best = better(best, within(nodes));
    }
    return best;
  }

  private Found within(int[] nodes) {
    double idleWatts =
        IntStream.of(nodes)
            .mapToObj(priceList::draw)
            .mapToDouble(draw -> draw.map(PowerDraw::idleWatts).orElse(0d))
            .sum();
    Found found =
        new RouteSearch(space.of(nodes), mostWork)
            .search(
                priceList.energy(idleWatts).of(nodes),
                new TimeLimit(limit.prices().of(nodes), limit.ms()));
    List<Double> withNode =
        new ArrayList<>(Collections.nCopies(space.nodeCount(), Double.POSITIVE_INFINITY));
    IntStream.range(0, nodes.length).forEach(i -> withNode.set(nodes[i], found.withNode().get(i)));
    Optional<Route> route = found.route().map(local -> local.through(nodes));
    return new Found(route, found.cost(), found.lowerBound(), withNode);
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
