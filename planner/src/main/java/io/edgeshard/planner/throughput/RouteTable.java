package io.edgeshard.planner.throughput;

import io.edgeshard.planner.throughput.kind.KindTimes;
import io.edgeshard.planner.throughput.kind.NodeSets;
import java.util.Arrays;

/**
 * The shortest ways from the source through each set of nodes, none with a hop that occupies a link
 * for too long.
 */
final class RouteTable {
  private static final double NONE = Double.POSITIVE_INFINITY;

  private final NodeSets sets;
  private final KindTimes times;
  private final double mostOccupiedMs;
  private final double[] hopsMs;

  /*
   * Held and Karp 1962, on sets of interchangeable nodes: the shortest way through a set that ends
   * on a kind goes on from the shortest through the set with one of that kind less.
   */
  RouteTable(NodeSets sets, KindTimes times, double mostOccupiedMs) {
    this.sets = sets;
    this.times = times;
    this.mostOccupiedMs = mostOccupiedMs;
    this.hopsMs = new double[Math.toIntExact(sets.count() * sets.kinds())];
    Arrays.fill(hopsMs, NONE);
    hopsMs[0] = 0;
    for (int set = 0; set < sets.count(); set++) {
      for (int kind = 0; kind < sets.kinds(); kind++) {
        if (hopsMs(set, kind) < NONE) {
          goOn(set, kind);
        }
      }
    }
  }

  private void goOn(int set, int from) {
    double soFar = hopsMs(set, from);
    for (int to = 1; to < sets.kinds(); to++) {
      if (sets.canAdd(set, to)) {
        int there = sets.with(set, to) * sets.kinds() + to;
        hopsMs[there] = Math.min(hopsMs[there], soFar + allowedHopMs(from, to));
      }
    }
  }

  private double allowedHopMs(int from, int to) {
    return times.hopOccupied()[from][to] <= mostOccupiedMs ? times.hop()[from][to] : NONE;
  }

  /** Sum of the hops through a set to a node of a kind, infinite where there is no way. */
  double hopsMs(int set, int last) {
    return hopsMs[set * sets.kinds() + last];
  }

  /** The kinds along that way, the source's first. */
  int[] kinds(int set, int last) {
    int length = 1;
    for (int kind = 1; kind < sets.kinds(); kind++) {
      length += sets.held(set, kind);
    }
    int[] way = new int[length];
    int left = set;
    int at = last;
    for (int i = length - 1; i > 0; i--) {
      way[i] = at;
      int before = sets.without(left, at);
      at = previous(before, at, hopsMs(left, at));
      left = before;
    }
    return way;
  }

  private int previous(int before, int to, double sumMs) {
    for (int from = 0; from < sets.kinds(); from++) {
      boolean led = hopsMs(before, from) < NONE;
      if (led && hopsMs(before, from) + allowedHopMs(from, to) == sumMs) {
        return from;
      }
    }
    throw new IllegalStateException("expected a way through every set that has a sum, found none");
  }
}
