package io.edgeshard.planner.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The beginning of a route: layers {@code [0, layer)} are placed, the last stage so far is on
 * {@code node} and may get more.
 *
 * @param layer layers placed
 * @param node where the present stage is
 * @param visits bits of the nodes that have a stage
 * @param usedBytes what the present stage takes so far
 * @param cost what it costs so far
 * @param timeMs its milliseconds of a decode step so far
 * @param before the label it was made from
 * @param isHop whether it began a stage
 */
record Label(
    int layer,
    int node,
    long visits,
    long usedBytes,
    double cost,
    double timeMs,
    Optional<Label> before,
    boolean isHop) {

  /** Whether a node has a stage. */
  boolean visited(int other) {
    return (visits >> other & 1) != 0;
  }

  /** Whether the present stage has no layers, and not because it is the first. */
  boolean isHeadOnly() {
    return isHop && before.isPresent() && before.get().layer == layer;
  }

  /** Whether everything that can follow the other can follow this one too, for no more. */
  boolean dominates(Label other) {
    return cost <= other.cost
        && timeMs <= other.timeMs
        && (visits & ~other.visits) == 0
        && usedBytes <= other.usedBytes;
  }

  /** The route that led here. */
  Route route() {
    List<Route.Stop> stops = new ArrayList<>();
    int end = layer;
    Optional<Label> at = Optional.of(this);
    while (at.isPresent()) {
      Label label = at.get();
      if (label.isHop) {
        int begin = label.before.map(Label::layer).orElse(0);
        stops.add(0, new Route.Stop(label.node, end - begin));
        end = begin;
      }
      at = label.before;
    }
    return new Route(stops);
  }
}
