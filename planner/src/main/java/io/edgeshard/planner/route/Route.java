package io.edgeshard.planner.route;

import java.util.List;

/**
 * A plan in indices: which node runs how many layers, in pipeline order.
 *
 * @param stops the source first; no node has two
 */
public record Route(List<Stop> stops) {
  public Route {
    stops = List.copyOf(stops);
  }

  /**
   * A stage.
   *
   * @param node index of the node
   * @param layers how many layers it runs
   */
  public record Stop(int node, int layers) {}

  /**
   * The same route where its indices are places in a list of nodes.
   *
   * @param nodes what each index stands for
   */
  public Route through(int... nodes) {
    return new Route(
        stops.stream().map(stop -> new Stop(nodes[stop.node()], stop.layers())).toList());
  }
}
