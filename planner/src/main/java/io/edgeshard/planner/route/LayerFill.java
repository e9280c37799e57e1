package io.edgeshard.planner.route;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How the layers are best handed out to given nodes: since every layer takes the same, each node
 * gets what it must, and the rest fills the cheapest nodes first.
 */
public final class LayerFill {
  private final SearchSpace space;
  private final Prices prices;
  private final int[] byPrice;
  private final int[] middle;
  private final int[] end;
  private final boolean[] isUsed;

  /** Layers not handed out yet, and what the others cost: of the filling under way. */
  private int left;

  private double cost;

  /** Fillings at the prices of a space. */
  public LayerFill(SearchSpace space, Prices prices) {
    this.space = space;
    this.prices = prices;
    int count = space.nodeCount();
    this.byPrice =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer node) -> prices.layer(node)))
            .mapToInt(Integer::intValue)
            .toArray();
    this.middle = IntStream.range(0, count).map(node -> space.capacity(node, false)).toArray();
    this.end = IntStream.range(0, count).map(node -> space.capacity(node, true)).toArray();
    this.isUsed = new boolean[count];
  }

  /** Least and most layers of a node in its place. */
  private int least(int node, int last) {
    return node == 0 ? space.sourceLayers() : node == last ? 0 : 1;
  }

  private int most(int node, int last) {
    return node == last ? end[node] : middle[node];
  }

  /**
   * What the layers cost on the nodes of a set; infinite where they do not fit.
   *
   * @param set bits of node indices, the source's always set
   * @param last which of them runs the head: the source only where it is alone
   * @param counts receives layers by node index, where it is not empty
   */
  double cost(int set, int last, int[] counts) {
    begin();
    for (int bits = set; bits != 0; bits &= bits - 1) {
      use(Integer.numberOfTrailingZeros(bits), last);
    }
    return filled(last, counts);
  }

  /**
   * What the layers cost on the nodes of a walk; infinite where they do not fit.
   *
   * @param walk the nodes after the source, each once; the last one runs the head
   * @param counts receives layers by node index, where it is not empty
   */
  public double cost(int[] walk, int[] counts) {
    int last = walk.length == 0 ? 0 : walk[walk.length - 1];
    begin();
    use(0, last);
    for (int node : walk) {
      use(node, last);
    }
    return filled(last, counts);
  }

  private void begin() {
    Arrays.fill(isUsed, false);
    left = space.layers();
    cost = 0;
  }

  /** Gives a node what it must have; infinite cost where it has no room for that. */
  private void use(int node, int last) {
    int least = least(node, last);
    isUsed[node] = true;
    left -= least;
    cost += most(node, last) < least ? Double.POSITIVE_INFINITY : least * prices.layer(node);
  }

  /** Gives what is left to the cheapest nodes in use. */
  private double filled(int last, int[] counts) {
    if (left < 0 || cost == Double.POSITIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    boolean isCounted = counts.length > 0;
    Arrays.fill(counts, 0);
    for (int i = 0; i < byPrice.length && (left > 0 || isCounted); i++) {
      int node = byPrice[i];
      if (isUsed[node]) {
        int least = least(node, last);
        int more = Math.min(left, most(node, last) - least);
        left -= more;
        cost += more * prices.layer(node);
        if (isCounted) {
          counts[node] = least + more;
        }
      }
    }
    return left == 0 ? cost : Double.POSITIVE_INFINITY;
  }
}
