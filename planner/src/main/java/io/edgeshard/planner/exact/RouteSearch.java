package io.edgeshard.planner.exact;

import io.edgeshard.planner.route.Found;
import io.edgeshard.planner.route.LayerSearch;
import io.edgeshard.planner.route.Prices;
import io.edgeshard.planner.route.Route;
import io.edgeshard.planner.route.SearchSpace;
import io.edgeshard.planner.route.SubsetSearch;
import io.edgeshard.planner.route.TimeLimit;
import io.edgeshard.planner.route.WalkFit;
import io.edgeshard.planner.wide.Exchange;
import io.edgeshard.planner.wide.WideSearch;
import java.util.Optional;

/**
 * Picks the searches that a space and its prices allow.
 *
 * <p>Where all layers are alike, the walk and the filling of its nodes come apart: {@link
 * SubsetSearch} and {@link WideSearch}. Where only sizes and pins are in the way, the same searches
 * see every node as large as it could be at best and thus give a bound, and a walk into which the
 * layers may truly fit. What then is open is searched layer by layer.
 */
final class RouteSearch {
  /** Of so many nodes all subsets are sooner counted than a bound is found. */
  private static final int FEW_NODES = 11;

  private static final int MOST_FITS = 10_000;

  private final SearchSpace space;
  private final long mostWork;

  /**
   * Searches in one space.
   *
   * @param mostWork how much work a search layer by layer may be
   */
  RouteSearch(SearchSpace space, long mostWork) {
    this.space = space;
    this.mostWork = mostWork;
  }

  /** The best route, with a proof or a bound. */
  Found search(Prices prices, TimeLimit limit) {
    Found found =
        space.nodeCount() <= FEW_NODES
            ? new SubsetSearch(space, prices).search()
            : new WideSearch(space, prices).search();
    if (limit.isSet()) {
      found = asStart(found, prices, limit);
    } else if (!space.isUniform()) {
      found = fitted(found, prices);
    } else {
      return found;
    }
    boolean isOpen = !found.isProven() && space.nodeCount() <= LayerSearch.MOST_NODES;
    return isOpen ? byLayers(found, prices, limit) : found;
  }

  private Found byLayers(Found known, Prices prices, TimeLimit limit) {
    Found found = new LayerSearch(space, prices, limit).search(known, mostWork);
    boolean isUnknown = found.route().isEmpty() && !found.isProven();
    return isUnknown
        ? new LayerSearch(space, prices, limit).hurried().search(found, mostWork)
        : found;
  }

  /** What was found without a limit, as far as it still holds. */
  private Found asStart(Found found, Prices prices, TimeLimit limit) {
    Optional<Route> route = found.route();
    if (!space.isUniform()) {
      route = route.flatMap(new WalkFit(space, prices)::fit);
    }
    Optional<Route> kept = route.filter(each -> limit.prices().of(each) <= limit.ms());
    double cost = kept.map(prices::of).orElse(Double.POSITIVE_INFINITY);
    return new Found(kept, cost, found.lowerBound(), found.withNode());
  }

  /** A bound, and the walk found with the layers as they truly fit, exchanged until none helps. */
  private Found fitted(Found relaxed, Prices prices) {
    WalkFit fit = new WalkFit(space, prices);
    Optional<Route> route = relaxed.route().flatMap(fit::fit);
    if (relaxed.route().isPresent()) {
      Exchange exchange = new Exchange(prices, fit::cost, space.nodeCount(), MOST_FITS);
      exchange.startFrom(relaxed.route().get());
      Optional<Route> first = route;
      route = fit.fit(exchange.best()).or(() -> first);
    }
    double cost = route.map(prices::of).orElse(Double.POSITIVE_INFINITY);
    return new Found(route, cost, relaxed.lowerBound(), relaxed.withNode());
  }
}
