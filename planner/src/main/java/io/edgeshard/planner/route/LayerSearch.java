package io.edgeshard.planner.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The cheapest route, layer by layer, for everything: layers of different sizes, layers bound to
 * nodes, a limit of the time per token.
 *
 * <p>Label setting: a label is the beginning of a route, with the nodes it has left behind and the
 * memory that its last stage took. The label with the least cost and {@link TailBound} is continued
 * first, so the first complete one is the best; a label that another one dominates in cost, time,
 * nodes and memory is dropped. After so much work the search ends with the best it knows and the
 * least bound of what was left open.
 */
public final class LayerSearch {
  private final SearchSpace space;
  private final Prices prices;
  private final TimeLimit limit;
  private final TailBound bound;
  private final TailBound timeBound;
  private final Map<Integer, List<Label>> settled = new HashMap<>();
  private final PriorityQueue<Open> open =
      new PriorityQueue<>(
          Comparator.comparingDouble(Open::bound)
              .thenComparing(entry -> -entry.label().layer())
              .thenComparing(Open::number));
  private int number;
  private long work;
  private double weight = 1;
  private double atMost;

  /** How much more than its due the bound of what is left counts for a search in a hurry. */
  private static final double HURRY = 3;

  private record Open(Label label, double bound, int number) {}

  /** The most nodes that labels can tell apart. */
  public static final int MOST_NODES = Long.SIZE;

  /** A search in a space. */
  public LayerSearch(SearchSpace space, Prices prices, TimeLimit limit) {
    this.space = space;
    this.prices = prices;
    this.limit = limit;
    this.bound = new TailBound(space, prices);
    this.timeBound = new TailBound(space, limit.prices());
  }

  /** The same search, which goes for a route that fits rather than for the best and its bound. */
  public LayerSearch hurried() {
    weight = HURRY;
    return this;
  }

  /**
   * The best route that costs less than a known one.
   *
   * @param known what costs no less need not be found
   * @param mostWork when to end, in labels made and compared
   */
  public Found search(Found known, long mostWork) {
    atMost = known.cost();
    if (space.roomBytes(0) >= space.stageBytes()) {
      add(
          new Label(
              0,
              0,
              1,
              space.stageBytes(),
              prices.first() + prices.stage(0),
              limit.prices().first() + limit.prices().stage(0),
              Optional.empty(),
              true));
    }
    while (!open.isEmpty() && work < mostWork) {
      work += space.nodeCount();
      Open next = open.remove();
      if (next.label().layer() > space.layers()) {
        return found(known, Optional.of(route(next.label())), next.label().cost());
      }
      if (!isDominated(next.label())) {
        settled.computeIfAbsent(key(next.label()), key -> new ArrayList<>()).add(next.label());
        follow(next.label());
      }
    }
    if (open.isEmpty()) {
      return proven(known, known.route(), known.cost(), known.cost());
    }
    double lowerBound = weight == 1 ? open.remove().bound() : 0;
    return proven(known, known.route(), known.cost(), lowerBound);
  }

  /** The first complete route: the best there is, unless the search was in a hurry. */
  private Found found(Found known, Optional<Route> route, double cost) {
    return proven(known, route, cost, weight == 1 ? cost : 0);
  }

  private static Found proven(Found known, Optional<Route> route, double cost, double lowerBound) {
    double bound = Math.min(cost, Math.max(lowerBound, known.lowerBound()));
    List<Double> withNode = known.withNode().stream().map(with -> Math.max(with, bound)).toList();
    return new Found(route, cost, bound, withNode);
  }

  /** A complete label's route, without the step that stands for the head. */
  private static Route route(Label complete) {
    return complete.before().orElseThrow().route();
  }

  private int key(Label label) {
    int layer = 2 * label.layer() + (label.isHeadOnly() ? 1 : 0);
    return layer * space.nodeCount() + label.node();
  }

  private boolean isDominated(Label label) {
    List<Label> others = settled.getOrDefault(key(label), List.of());
    for (Label other : others) {
      work++;
      if (other.dominates(label)) {
        return true;
      }
    }
    return false;
  }

  private void follow(Label label) {
    boolean isWhole = label.layer() == space.layers();
    if (isWhole) {
      finish(label);
    } else if (space.mayRun(label.layer(), label.node())) {
      place(label, label.node());
    }
    for (int to = 0; to < space.nodeCount(); to++) {
      if (!label.visited(to) && (isWhole ? !label.isHeadOnly() : space.mayRun(label.layer(), to))) {
        place(label, to);
      }
    }
  }

  /** Places the next layer on a node, in a new stage where that is another one; or just a stage. */
  private void place(Label label, int to) {
    boolean isHop = to != label.node();
    boolean hasLayer = label.layer() < space.layers();
    long usedBytes =
        (isHop ? space.stageBytes() : label.usedBytes())
            + (hasLayer ? space.layerBytes(label.layer()) : 0);
    if (usedBytes > space.roomBytes(to)) {
      return;
    }
    add(
        new Label(
            label.layer() + (hasLayer ? 1 : 0),
            to,
            label.visits() | 1L << to,
            usedBytes,
            label.cost() + step(prices, label, to),
            label.timeMs() + step(limit.prices(), label, to),
            Optional.of(label),
            isHop));
  }

  private double step(Prices of, Label label, int to) {
    boolean isHop = to != label.node();
    return (isHop ? of.hop(label.node(), to) + of.stage(to) : 0)
        + (label.layer() < space.layers() ? of.layer(to) : 0);
  }

  private void finish(Label label) {
    int node = label.node();
    if (label.usedBytes() + space.headBytes() <= space.roomBytes(node)) {
      add(
          new Label(
              label.layer() + 1,
              node,
              label.visits(),
              label.usedBytes(),
              label.cost() + prices.last(node),
              label.timeMs() + limit.prices().last(node),
              Optional.of(label),
              false));
    }
  }

  private void add(Label label) {
    boolean isComplete = label.layer() > space.layers();
    double rest = isComplete ? 0 : bound.of(label);
    double leastMs = label.timeMs() + (isComplete ? 0 : timeBound.of(label));
    boolean isLess = label.cost() + rest < atMost * (1 - Found.TIE);
    if (isLess && leastMs <= limit.ms() && !isDominated(label)) {
      open.add(new Open(label, label.cost() + weight * rest, number++));
    }
  }
}
