package io.edgeshard.planner.wide;

import io.edgeshard.planner.route.Prices;
import io.edgeshard.planner.route.SearchSpace;
import io.edgeshard.planner.wide.LayerTable.Share;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A lower bound: each used node pays for its layers, its stage and the cheapest way in, whether or
 * not the ways in make one walk.
 *
 * <p>That each used node but the last is left exactly once is not kept to but priced: leaving node
 * {@code i} costs {@code toll[i]} more, and being used and not last gives as much back (Lagrange).
 * For any tolls the least sum is a lower bound; it is found by dynamic programming over nodes and
 * layers.
 */
final class ChargeRelaxation {
  private final SearchSpace space;
  private final Prices prices;
  private final int nodes;
  private final int layers;
  private final int[] middle;
  private final int[] end;
  private final LayerTable[] forward;
  private final LayerTable[] backward;
  private final LayerTable scratch;
  private final int[] wayIn;
  private final double[] wayInCost;
  private double[] toll;

  ChargeRelaxation(SearchSpace space, Prices prices) {
    this.space = space;
    this.prices = prices;
    this.nodes = space.nodeCount();
    this.layers = space.layers();
    this.middle = IntStream.range(0, nodes).map(node -> space.capacity(node, false)).toArray();
    this.end = IntStream.range(0, nodes).map(node -> space.capacity(node, true)).toArray();
    this.forward = tables(nodes + 1, layers);
    this.backward = tables(nodes + 1, layers);
    this.scratch = new LayerTable(layers);
    this.wayIn = new int[nodes];
    this.wayInCost = new double[nodes];
    this.toll = new double[nodes];
  }

  private static LayerTable[] tables(int count, int layers) {
    return IntStream.range(0, count)
        .mapToObj(i -> new LayerTable(layers))
        .toArray(LayerTable[]::new);
  }

  /** What the least sum is made of, for the tolls of the last call. */
  record Solution(double bound, List<Integer> used, int last) {}

  /** The least sum for the given tolls; infinite where the layers fit on no set of nodes. */
  double bound(double[] tolls) {
    toll = tolls.clone();
    for (int node = 0; node < nodes; node++) {
      wayInCost[node] = Double.POSITIVE_INFINITY;
      for (int from = 0; from < nodes; from++) {
        double cost = prices.hop(from, node) + toll[from];
        if (from != node && cost < wayInCost[node]) {
          wayInCost[node] = cost;
          wayIn[node] = from;
        }
      }
    }
    LayerTable first = forward[1];
    first.clear();
    double begin = prices.first() + prices.stage(0) - toll[0];
    for (int count = space.sourceLayers(); count <= Math.min(layers, middle[0]); count++) {
      first.set(0, count, begin + count * prices.layer(0));
    }
    for (int node = 1; node < nodes; node++) {
      forward[node + 1].copy(forward[node]);
      use(forward[node], forward[node + 1], node);
    }
    return forward[nodes].get(1, layers);
  }

  private void use(LayerTable from, LayerTable to, int node) {
    if (middle[node] >= 1) {
      to.use(from, 0, 0, asMiddle(node));
      to.use(from, 1, 1, asMiddle(node));
    }
    if (end[node] >= 0) {
      to.use(from, 0, 1, asLast(node));
    }
  }

  private Share asMiddle(int node) {
    double charge = prices.stage(node) + wayInCost[node] - toll[node];
    return new Share(1, middle[node], prices.layer(node), charge);
  }

  private Share asLast(int node) {
    double charge = prices.stage(node) + wayInCost[node] + prices.last(node);
    return new Share(0, end[node], prices.layer(node), charge);
  }

  /** Which nodes make up the last bound. */
  Solution solution() {
    List<Integer> used = new ArrayList<>();
    int phase = 1;
    int left = layers;
    int last = 0;
    for (int node = nodes - 1; node >= 1; node--) {
      double value = forward[node + 1].get(phase, left);
      if (LayerTable.isSame(value, forward[node].get(phase, left))) {
        continue;
      }
      used.add(0, node);
      int count =
          middle[node] < 1
              ? -1
              : forward[node + 1].layersUsed(forward[node], phase, value, left, asMiddle(node));
      if (count < 0) {
        count = forward[node + 1].layersUsed(forward[node], 0, value, left, asLast(node));
        phase = 0;
        last = node;
      }
      left -= count;
    }
    return new Solution(forward[nodes].get(1, layers), used, last);
  }

  /** How often each node is left in the solution, less how often it should be. */
  int[] excess(Solution solution) {
    int[] excess = new int[nodes];
    excess[0] -= 1;
    for (int node : solution.used()) {
      excess[wayIn[node]]++;
      excess[node] -= node == solution.last() ? 0 : 1;
    }
    return excess;
  }

  /** At least what a route costs that uses each node, for the tolls of the last bound. */
  double[] boundsWith() {
    LayerTable none = backward[nodes];
    none.clear();
    none.set(1, 0, 0);
    for (int node = nodes - 1; node >= 1; node--) {
      backward[node].copy(backward[node + 1]);
      useBackward(backward[node + 1], backward[node], node);
    }
    double[] with = new double[nodes];
    Arrays.fill(with, Double.POSITIVE_INFINITY);
    with[0] = forward[nodes].get(1, layers);
    for (int node = 1; node < nodes; node++) {
      scratch.clear();
      use(forward[node], scratch, node);
      for (int phase = 0; phase < LayerTable.PHASES; phase++) {
        for (int placed = 0; placed <= layers; placed++) {
          double sum = scratch.get(phase, placed) + backward[node + 1].get(phase, layers - placed);
          with[node] = Math.min(with[node], sum);
        }
      }
    }
    return with;
  }

  /** The same step as {@link #use}, from the end: what is left costs, by phase reached before. */
  private void useBackward(LayerTable from, LayerTable to, int node) {
    if (middle[node] >= 1) {
      to.use(from, 0, 0, asMiddle(node));
      to.use(from, 1, 1, asMiddle(node));
    }
    if (end[node] >= 0) {
      to.use(from, 1, 0, asLast(node));
    }
  }
}
