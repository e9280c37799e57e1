package io.edgeshard.planner.route;

/**
 * What each part of a route adds to what is to be least, by node index and in the objective's unit.
 * The parts of a route add up to what it costs.
 */
public final class Prices {
  private final double[] layer;
  private final double[] stage;
  private final double[] last;
  private final double[][] hop;
  private final double first;

  /** Prices of so many nodes, part by part. */
  public Prices(int nodes, Part part) {
    this.layer = new double[nodes];
    this.stage = new double[nodes];
    this.last = new double[nodes];
    this.hop = new double[nodes][nodes];
    this.first = part.first();
    for (int i = 0; i < nodes; i++) {
      layer[i] = part.layer(i);
      stage[i] = part.stage(i);
      last[i] = part.last(i);
      for (int j = 0; j < nodes; j++) {
        hop[i][j] = i == j ? 0 : part.hop(i, j);
      }
    }
  }

  /** Where prices come from. */
  public interface Part {
    /** The embedding on the source. */
    double first();

    /** A decoder layer. */
    double layer(int node);

    /** A stage, whatever it holds. */
    double stage(int node);

    /** The head, and the token's way back to the source. */
    double last(int node);

    /** The hidden states' way from one node to another. */
    double hop(int from, int to);
  }

  /** The prices of some of the nodes, as indices of their own. */
  public Prices of(int... nodes) {
    return new Prices(
        nodes.length,
        new Part() {
          @Override
          public double first() {
            return first;
          }

          @Override
          public double layer(int node) {
            return layer[nodes[node]];
          }

          @Override
          public double stage(int node) {
            return stage[nodes[node]];
          }

          @Override
          public double last(int node) {
            return last[nodes[node]];
          }

          @Override
          public double hop(int from, int to) {
            return hop[nodes[from]][nodes[to]];
          }
        });
  }

  /** What a route costs. */
  public double of(Route route) {
    double sum = first;
    int before = 0;
    for (Route.Stop stop : route.stops()) {
      sum += hop[before][stop.node()] + stage[stop.node()] + stop.layers() * layer[stop.node()];
      before = stop.node();
    }
    return sum + last[before];
  }

  /** The embedding on the source. */
  public double first() {
    return first;
  }

  /** A decoder layer. */
  public double layer(int node) {
    return layer[node];
  }

  /** A stage, whatever it holds. */
  public double stage(int node) {
    return stage[node];
  }

  /** The head, and the token's way back to the source. */
  public double last(int node) {
    return last[node];
  }

  /** The hidden states' way from one node to another; 0 within a node. */
  public double hop(int from, int to) {
    return hop[from][to];
  }
}
