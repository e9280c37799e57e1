package io.edgeshard.planner.exact;

import io.edgeshard.planner.route.Found;
import io.edgeshard.planner.route.LayerSearch;
import io.edgeshard.planner.route.Prices;
import io.edgeshard.planner.route.SearchSpace;
import io.edgeshard.planner.route.SubsetSearch;
import io.edgeshard.planner.route.TimeLimit;

/** Picks the search that a space and its prices allow. */
final class RouteSearch {
  private final SearchSpace space;
  private final int mostLabels;

  /**
   * Searches in one space.
   *
   * @param mostLabels how much work a search layer by layer may be
   */
  RouteSearch(SearchSpace space, int mostLabels) {
    this.space = space;
    this.mostLabels = mostLabels;
  }

  /** The best route, with a proof or a bound. */
  Found search(Prices prices, TimeLimit limit) {
    boolean isSmall = space.nodeCount() - 1 <= SubsetSearch.MOST_OTHERS;
    Found found = Found.none(space.nodeCount());
    if (space.isUniform() && !limit.isSet() && isSmall) {
      found = new SubsetSearch(space, prices).search();
      if (!space.revisits()) {
        return found;
      }
      found = new Found(found.route(), found.cost(), 0, found.withNode());
    }
    return new LayerSearch(space, prices, limit).search(found, mostLabels);
  }
}
