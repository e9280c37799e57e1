package io.edgeshard.planner.route;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * At least what the rest of a route costs from a label on: the greater of two bounds.
 *
 * <ul>
 *   <li>the cheapest way through the remaining layers if memory and nodes left behind did not
 *       count, by dynamic programming from the last layer back;
 *   <li>the remaining layers handed out to the cheapest nodes that still have room, with one hop
 *       where the present node has not room enough.
 * </ul>
 */
final class TailBound {
  private final SearchSpace space;
  private final Prices prices;
  private final double[][] tail;
  private final int[] byPrice;
  private final long leastLayerBytes;
  private final double leastLast;
  private final double[] leastOut;

  TailBound(SearchSpace space, Prices prices) {
    this.space = space;
    this.prices = prices;
    int count = space.nodeCount();
    this.tail = new double[space.layers() + 1][count];
    this.byPrice =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer node) -> prices.layer(node)))
            .mapToInt(Integer::intValue)
            .toArray();
    this.leastLayerBytes = space.leastLayerBytes();
    this.leastLast = IntStream.range(0, count).mapToDouble(prices::last).min().orElse(0);
    this.leastOut =
        IntStream.range(0, count)
            .mapToDouble(
                from ->
                    IntStream.range(0, count)
                        .filter(to -> to != from)
                        .mapToDouble(to -> prices.hop(from, to) + prices.stage(to))
                        .min()
                        .orElse(Double.POSITIVE_INFINITY))
            .toArray();
    fillTail();
  }

  private void fillTail() {
    for (int layer = space.layers(); layer >= 0; layer--) {
      for (int node = 0; node < space.nodeCount(); node++) {
        double least = further(layer, node);
        for (int to = 0; to < space.nodeCount(); to++) {
          if (to != node) {
            least = Math.min(least, prices.hop(node, to) + prices.stage(to) + further(layer, to));
          }
        }
        tail[layer][node] = least;
      }
    }
  }

  /** From a layer on, that layer (or the head) being run on a node. */
  private double further(int layer, int node) {
    if (layer == space.layers()) {
      return prices.last(node);
    }
    return space.mayRun(layer, node)
        ? prices.layer(node) + tail[layer + 1][node]
        : Double.POSITIVE_INFINITY;
  }

  /** At least what follows once {@code label} is reached. */
  double of(Label label) {
    double byTail = tail[label.layer()][label.node()];
    return byTail == Double.POSITIVE_INFINITY ? byTail : Math.max(byTail, byRoom(label));
  }

  private double byRoom(Label label) {
    int left = space.layers() - label.layer();
    double cost = leastLast;
    if (layersIn(label, label.node()) < left) {
      cost += leastOut[label.node()];
    }
    for (int i = 0; i < byPrice.length && left > 0; i++) {
      int node = byPrice[i];
      long count = Math.min(left, layersIn(label, node));
      left -= (int) count;
      cost += count * prices.layer(node);
    }
    return left > 0 ? Double.POSITIVE_INFINITY : cost;
  }

  /** At least as many further layers as a node has room for. */
  private long layersIn(Label label, int node) {
    boolean isHere = node == label.node();
    if (!isHere && label.visited(node)) {
      return 0;
    }
    long room = space.roomBytes(node) - (isHere ? label.usedBytes() : space.stageBytes());
    if (room < 0) {
      return 0;
    }
    return leastLayerBytes == 0 ? space.layers() : room / leastLayerBytes;
  }
}
