package io.edgeshard.planner.wide;

import java.util.Arrays;

/**
 * The least cost by how many layers are placed, before and after the node with the head is chosen:
 * a row of the dynamic programme over nodes.
 */
final class LayerTable {
  /** Before and after the node with the head is chosen. */
  static final int PHASES = 2;

  private final double[][] cost;
  private final int[] window;
  private final double[] keys;

  /** Nothing placed is possible yet. */
  LayerTable(int layers) {
    this.cost = new double[PHASES][layers + 1];
    this.window = new int[layers + 1];
    this.keys = new double[layers + 1];
    Arrays.fill(cost[0], Double.POSITIVE_INFINITY);
    Arrays.fill(cost[1], Double.POSITIVE_INFINITY);
  }

  double get(int phase, int layers) {
    return cost[phase][layers];
  }

  void set(int phase, int layers, double value) {
    cost[phase][layers] = value;
  }

  /** Takes over another row: a node that is not used. */
  void copy(LayerTable other) {
    System.arraycopy(other.cost[0], 0, cost[0], 0, cost[0].length);
    System.arraycopy(other.cost[1], 0, cost[1], 0, cost[1].length);
  }

  void clear() {
    Arrays.fill(cost[0], Double.POSITIVE_INFINITY);
    Arrays.fill(cost[1], Double.POSITIVE_INFINITY);
  }

  /**
   * Improves this row by a node that is used: {@code least} to {@code most} layers at a price each
   * and a charge, from one phase of the row before to one of this. A sliding minimum, so that each
   * entry costs the same however many layers the node may hold.
   */
  void use(LayerTable before, int fromPhase, int toPhase, Share share) {
    double[] from = before.cost[fromPhase];
    double[] to = cost[toPhase];
    int head = 0;
    int tail = 0;
    for (int layers = share.least(); layers < to.length; layers++) {
      int entering = layers - share.least();
      double key = from[entering] - entering * share.price();
      while (tail > head && keys[tail - 1] >= key) {
        tail--;
      }
      window[tail] = entering;
      keys[tail++] = key;
      while (window[head] < layers - share.most()) {
        head++;
      }
      to[layers] = Math.min(to[layers], keys[head] + layers * share.price() + share.charge());
    }
  }

  /**
   * How a node may be used.
   *
   * @param least layers
   * @param most layers, at least {@code least}
   * @param price of a layer
   * @param charge for using it at all
   */
  record Share(int least, int most, double price, double charge) {}

  /** How many layers of a share lead to an entry of this row; below 0 where none do. */
  int layersUsed(LayerTable before, int fromPhase, double value, int layers, Share share) {
    int count = -1;
    double closest = tolerance(value);
    for (int used = share.least(); used <= Math.min(layers, share.most()); used++) {
      double sum = before.cost[fromPhase][layers - used] + used * share.price() + share.charge();
      if (Math.abs(sum - value) <= closest) {
        closest = Math.abs(sum - value);
        count = used;
      }
    }
    return count;
  }

  /** Whether an entry came from the row before without its node. */
  static boolean isSame(double one, double other) {
    return Math.abs(one - other) <= tolerance(one);
  }

  private static double tolerance(double value) {
    return 1e-9 * (1 + Math.abs(value));
  }
}
