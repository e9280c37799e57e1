package io.edgeshard.planner.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The cheapest route, exactly, where all layers are alike: for few nodes.
 *
 * <p>All layers take the same time on a node and every boundary carries the same hidden states, so
 * a plan comes apart into a walk (which nodes, in which order) and a filling (how many layers on
 * each), which meet only in the set of nodes and the last one. For each such pair the cheapest walk
 * is Held and Karp's shortest path over subsets, the cheapest filling is greedy; neither depends on
 * the number of layers. 2^n n^2 steps for n nodes besides the source.
 */
public final class SubsetSearch {
  /** The most nodes besides the source. */
  public static final int MOST_OTHERS = 16;

  private static final int[] UNCOUNTED = {};

  private final SearchSpace space;
  private final Prices prices;
  private final LayerFill fill;
  private final int others;

  /** The cheapest walk from the source through all of a set to one of it, at [set * n + node]. */
  private final double[] walk;

  private final double[] withNode;
  private double best = Double.POSITIVE_INFINITY;
  private int bestSet;
  private int bestLast = SearchSpace.ANY;

  /** A search among all nodes of a space, of which there may not be too many. */
  public SubsetSearch(SearchSpace space, Prices prices) {
    this.others = space.nodeCount() - 1;
    if (others > MOST_OTHERS) {
      throw new IllegalArgumentException(
          "expected at most %d nodes besides the source, found %d".formatted(MOST_OTHERS, others));
    }
    this.space = space;
    this.prices = prices;
    this.fill = new LayerFill(space, prices);
    this.walk = new double[others * (1 << others)];
    this.withNode = new double[space.nodeCount()];
    Arrays.fill(withNode, Double.POSITIVE_INFINITY);
  }

  /** The best there is. */
  public Found search() {
    double begin = prices.first() + prices.stage(0);
    offer(0, 0, begin + prices.last(0));
    for (int set = 1; set < 1 << others; set++) {
      for (int bits = set; bits != 0; bits &= bits - 1) {
        int last = Integer.numberOfTrailingZeros(bits);
        double cost = walkTo(set, last);
        walk[set * others + last] = cost;
        offer(set, last + 1, begin + cost + prices.last(last + 1));
      }
    }
    if (bestLast == SearchSpace.ANY) {
      return Found.none(space.nodeCount());
    }
    Route route = route();
    return new Found(Optional.of(route), best, best, Arrays.stream(withNode).boxed().toList());
  }

  private double walkTo(int set, int last) {
    int rest = set & ~(1 << last);
    int node = last + 1;
    if (rest == 0) {
      return prices.hop(0, node) + prices.stage(node);
    }
    double least = Double.POSITIVE_INFINITY;
    for (int bits = rest; bits != 0; bits &= bits - 1) {
      int before = Integer.numberOfTrailingZeros(bits);
      least = Math.min(least, walk[rest * others + before] + prices.hop(before + 1, node));
    }
    return least + prices.stage(node);
  }

  private void offer(int set, int last, double fixed) {
    int nodes = nodes(set);
    double cost = fixed + fill.cost(nodes, last, UNCOUNTED);
    if (cost == Double.POSITIVE_INFINITY) {
      return;
    }
    for (int bits = nodes; bits != 0; bits &= bits - 1) {
      int node = Integer.numberOfTrailingZeros(bits);
      withNode[node] = Math.min(withNode[node], cost);
    }
    if (cost < best * (1 - Found.TIE) || (cost <= best * (1 + Found.TIE) && goesBefore(set))) {
      best = cost;
      bestSet = set;
      bestLast = last;
    }
  }

  /** Of equals the one of fewer nodes, then of lower node ids. */
  private boolean goesBefore(int set) {
    int fewer = Integer.compare(Integer.bitCount(set), Integer.bitCount(bestSet));
    int lowestOfOne = Integer.lowestOneBit(set ^ bestSet);
    return bestLast == SearchSpace.ANY || fewer < 0 || (fewer == 0 && (set & lowestOfOne) != 0);
  }

  /** Bits of node indices, the source's among them, from bits of the others. */
  private static int nodes(int set) {
    return set << 1 | 1;
  }

  private Route route() {
    int[] counts = new int[space.nodeCount()];
    fill.cost(nodes(bestSet), bestLast, counts);
    List<Route.Stop> stops = new ArrayList<>();
    int set = bestSet;
    int last = bestLast - 1;
    while (set != 0) {
      stops.add(0, new Route.Stop(last + 1, counts[last + 1]));
      int rest = set & ~(1 << last);
      last = before(rest, last + 1);
      set = rest;
    }
    stops.add(0, new Route.Stop(0, counts[0]));
    return new Route(stops);
  }

  /** The node of a set after whose walk a node is reached cheapest. */
  private int before(int set, int node) {
    int least = 0;
    double leastCost = Double.POSITIVE_INFINITY;
    for (int bits = set; bits != 0; bits &= bits - 1) {
      int before = Integer.numberOfTrailingZeros(bits);
      double cost = walk[set * others + before] + prices.hop(before + 1, node);
      if (cost < leastCost) {
        least = before;
        leastCost = cost;
      }
    }
    return least;
  }
}
