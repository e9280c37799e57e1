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
    int left = space.layers();
    double cost = 0;
    for (int bits = set; bits != 0; bits &= bits - 1) {
      int node = Integer.numberOfTrailingZeros(bits);
      int least = least(node, last);
      left -= least;
      cost += least * prices.layer(node);
      if (most(node, last) < least || left < 0) {
        return Double.POSITIVE_INFINITY;
      }
    }
    if (counts.length > 0) {
      Arrays.fill(counts, 0);
    }
    for (int node : byPrice) {
      if ((set >> node & 1) == 0) {
        continue;
      }
      int least = least(node, last);
      int more = Math.min(left, most(node, last) - least);
      left -= more;
      cost += more * prices.layer(node);
      if (counts.length > 0) {
        counts[node] = least + more;
      } else if (left == 0) {
        return cost;
      }
    }
    return left == 0 ? cost : Double.POSITIVE_INFINITY;
  }

  /**
   * What the layers cost on the nodes of a walk; infinite where they do not fit.
   *
   * @param walk the nodes after the source, each once; the last one runs the head
   * @param counts receives layers by node index, where it is not empty
   */
  public double cost(int[] walk, int[] counts) {
    int last = walk.length == 0 ? 0 : walk[walk.length - 1];
    Arrays.fill(isUsed, false);
    isUsed[0] = true;
    int left = space.layers() - space.sourceLayers();
    double cost = space.sourceLayers() * prices.layer(0);
    boolean fits = most(0, last) >= space.sourceLayers();
    for (int node : walk) {
      int least = least(node, last);
      isUsed[node] = true;
      left -= least;
      cost += least * prices.layer(node);
      fits &= most(node, last) >= least;
    }
    if (!fits || left < 0) {
      return Double.POSITIVE_INFINITY;
    }
    Arrays.fill(counts, 0);
    for (int i = 0; i < byPrice.length && (left > 0 || counts.length > 0); i++) {
      int node = byPrice[i];
      if (isUsed[node]) {
        int least = least(node, last);
        int more = Math.min(left, most(node, last) - least);
        left -= more;
        cost += more * prices.layer(node);
        if (counts.length > 0) {
          counts[node] = least + more;
        }
      }
    }
    return left == 0 ? cost : Double.POSITIVE_INFINITY;
  }
}
