package io.edgeshard.planner.route;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The cheapest way to hand out layers of any sizes to the nodes of a given walk: by dynamic
 * programming over stages and the layers they end with.
 */
public final class WalkFit {
  private static final double MISFIT = 1e12;

  private final SearchSpace space;
  private final Prices prices;
  private int furthest;

  /** Fits in a space. */
  public WalkFit(SearchSpace space, Prices prices) {
    this.space = space;
    this.prices = prices;
  }

  /**
   * What the layers cost on a walk's nodes after the source; where they do not fit, much more than
   * any that do, and the more the more layers are left over.
   */
  public double cost(int[] walk) {
    Route route =
        new Route(
            IntStream.concat(IntStream.of(0), IntStream.of(walk))
                .mapToObj(node -> new Route.Stop(node, 0))
                .toList());
    return fit(route)
        .map(
            fitted ->
                fitted.stops().stream()
                    .mapToDouble(stop -> stop.layers() * prices.layer(stop.node()))
                    .sum())
        .orElseGet(() -> MISFIT * (1 + space.layers() - furthest));
  }

  /** The route that visits the same nodes in the same order, if there is one that fits. */
  public Optional<Route> fit(Route walk) {
    List<Integer> nodes = walk.stops().stream().map(Route.Stop::node).toList();
    int layers = space.layers();
    furthest = 0;
    double[][] cost = new double[nodes.size() + 1][layers + 1];
    int[][] begin = new int[nodes.size() + 1][layers + 1];
    for (double[] row : cost) {
      Arrays.fill(row, Double.POSITIVE_INFINITY);
    }
    cost[0][0] = 0;
    for (int stage = 0; stage < nodes.size(); stage++) {
      for (int start = 0; start <= layers; start++) {
        if (cost[stage][start] < Double.POSITIVE_INFINITY) {
          extend(nodes, stage, start, cost, begin);
        }
      }
    }
    furthest = layers;
    while (furthest > 0 && cost[nodes.size()][furthest] == Double.POSITIVE_INFINITY) {
      furthest--;
    }
    if (cost[nodes.size()][layers] == Double.POSITIVE_INFINITY) {
      return Optional.empty();
    }
    Route.Stop[] stops = new Route.Stop[nodes.size()];
    int end = layers;
    for (int stage = nodes.size() - 1; stage >= 0; stage--) {
      int start = begin[stage + 1][end];
      stops[stage] = new Route.Stop(nodes.get(stage), end - start);
      end = start;
    }
    return Optional.of(new Route(List.of(stops)));
  }

  private void extend(List<Integer> nodes, int stage, int start, double[][] cost, int[][] begin) {
    int node = nodes.get(stage);
    boolean isLast = stage == nodes.size() - 1;
    long room = space.roomBytes(node) - space.stageBytes() - (isLast ? space.headBytes() : 0);
    int least = stage == 0 || isLast ? 0 : 1;
    int longest = Math.min(space.layers(), start + space.mostLayers(node));
    for (int end = start; end <= longest && room >= 0; end++) {
      double sum = cost[stage][start] + (end - start) * prices.layer(node);
      if (end - start >= least && sum < cost[stage + 1][end]) {
        cost[stage + 1][end] = sum;
        begin[stage + 1][end] = start;
      }
      if (end < space.layers()) {
        room = space.mayRun(end, node) ? room - space.layerBytes(end) : -1;
      }
    }
  }
}
