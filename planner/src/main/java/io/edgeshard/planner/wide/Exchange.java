package io.edgeshard.planner.wide;

import io.edgeshard.planner.route.Found;
import io.edgeshard.planner.route.Prices;
import io.edgeshard.planner.route.Route;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes walks better by small changes, until none helps: a node left out, put in, replaced by
 * another, up to three neighbours moved elsewhere, a piece turned around.
 */
public final class Exchange {
  private static final int LONGEST_PIECE = 3;

  private final Prices prices;
  private final ToDoubleFunction<int[]> fill;
  private final int nodes;
  private long evaluationsLeft;

  private int[] best = {};
  private double bestCost = Double.POSITIVE_INFINITY;
  private int[] walk = {};
  private double cost = Double.POSITIVE_INFINITY;

  /**
   * Exchanges with the prices of one space.
   *
   * @param fill what the layers cost on the nodes of a walk, the source not named in it
   * @param evaluations how many walks may be judged in all
   */
  public Exchange(Prices prices, ToDoubleFunction<int[]> fill, int nodes, long evaluations) {
    this.prices = prices;
    this.fill = fill;
    this.nodes = nodes;
    this.evaluationsLeft = evaluations;
  }

  /** The best walk so far, whose layers are not counted. */
  public Route best() {
    Stream<Route.Stop> stops =
        IntStream.concat(IntStream.of(0), IntStream.of(best))
            .mapToObj(node -> new Route.Stop(node, 0));
    return new Route(stops.toList());
  }

  /** What the best walk costs; infinite before the first one that fits. */
  public double bestCost() {
    return bestCost;
  }

  /** Starts from a set of nodes, put in order by cheapest insertion before the last one. */
  void startFrom(List<Integer> set, int last) {
    int[] order = {last};
    for (int node : set) {
      if (node != last) {
        order = with(order, cheapestPlace(order, node), node);
      }
    }
    improve(order);
  }

  /** Starts from a walk. */
  public void startFrom(Route route) {
    improve(route.stops().stream().skip(1).mapToInt(Route.Stop::node).toArray());
  }

  private void improve(int[] order) {
    walk = order;
    cost = cost(order);
    boolean isBetter = true;
    while (isBetter && evaluationsLeft > 0) {
      double before = cost;
      changeNodes();
      changeOrder();
      isBetter = cost < before;
    }
    if (cost < bestCost) {
      best = walk;
      bestCost = cost;
    }
  }

  private int cheapestPlace(int[] order, int node) {
    int place = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int at = 0; at < order.length; at++) {
      int before = at == 0 ? 0 : order[at - 1];
      double more =
          prices.hop(before, node) + prices.hop(node, order[at]) - prices.hop(before, order[at]);
      if (more < least) {
        least = more;
        place = at;
      }
    }
    return place;
  }

  private double cost(int[] order) {
    evaluationsLeft--;
    double sum = prices.first() + prices.stage(0);
    int before = 0;
    for (int node : order) {
      sum += prices.hop(before, node) + prices.stage(node);
      before = node;
    }
    return sum + prices.last(before) + fill.applyAsDouble(order);
  }

  private void offer(int[] changed) {
    double changedCost = evaluationsLeft > 0 ? cost(changed) : Double.POSITIVE_INFINITY;
    if (changedCost < cost * (1 - Found.TIE)) {
      walk = changed;
      cost = changedCost;
    }
  }

  private void changeNodes() {
    for (int at = 0; at < walk.length; at++) {
      offer(without(walk, at));
    }
    for (int node = 1; node < nodes; node++) {
      int place = indexOf(node);
      for (int at = 0; place < 0 && at <= walk.length; at++) {
        offer(with(walk, at, node));
        place = indexOf(node);
        if (place < 0 && at < walk.length) {
          offer(with(without(walk, at), at, node));
          place = indexOf(node);
        }
      }
    }
  }

  private int indexOf(int node) {
    int index = walk.length - 1;
    while (index >= 0 && walk[index] != node) {
      index--;
    }
    return index;
  }

  private void changeOrder() {
    for (int from = 0; from < walk.length; from++) {
      for (int length = 1; length <= Math.min(LONGEST_PIECE, walk.length - from); length++) {
        for (int to = 0; to <= walk.length - length; to++) {
          offer(moved(walk, from, length, to));
        }
      }
      for (int end = from + 2; end <= walk.length; end++) {
        offer(turned(walk, from, end));
      }
    }
  }

  private static int[] without(int[] order, int at) {
    int[] less = new int[order.length - 1];
    System.arraycopy(order, 0, less, 0, at);
    System.arraycopy(order, at + 1, less, at, less.length - at);
    return less;
  }

  private static int[] with(int[] order, int at, int node) {
    int[] more = new int[order.length + 1];
    System.arraycopy(order, 0, more, 0, at);
    more[at] = node;
    System.arraycopy(order, at, more, at + 1, order.length - at);
    return more;
  }

  /** A piece taken out and put back so that it begins at {@code to}. */
  private static int[] moved(int[] order, int from, int length, int to) {
    int[] rest = new int[order.length - length];
    System.arraycopy(order, 0, rest, 0, from);
    System.arraycopy(order, from + length, rest, from, rest.length - from);
    int[] moved = new int[order.length];
    System.arraycopy(rest, 0, moved, 0, to);
    System.arraycopy(order, from, moved, to, length);
    System.arraycopy(rest, to, moved, to + length, rest.length - to);
    return moved;
  }

  private static int[] turned(int[] order, int from, int end) {
    int[] turned = order.clone();
    for (int i = from; i < end; i++) {
      turned[i] = order[from + end - 1 - i];
    }
    return turned;
  }
}
