package io.edgeshard.planner.published;

import java.util.stream.IntStream;

/**
 * Brute force over every device for every item: for latency with devices come back to, for
 * throughput without. What costs more than the best known already is not followed.
 */
final class EveryAssignment {
  private final int count;
  private final boolean mayComeBack;
  private final boolean slowest;
  private final int[] devices;
  private final long[] left;
  private final double[][] computeMs;
  private final boolean[][] allowed;
  private final long[] bytes;
  private final long stageBytes;
  private final double[] enterMs;
  private final double[][] hopMs;
  private final double[] returnMs;

  /** At least what the items from one on take: each on the device that is fastest for it. */
  private final double[] restMs;

  private double leastMs = Double.POSITIVE_INFINITY;

  private EveryAssignment(LayerItems items, boolean mayComeBack, boolean slowest) {
    this.count = items.count();
    this.mayComeBack = mayComeBack;
    this.slowest = slowest;
    this.devices = new int[count];
    int all = items.deviceCount();
    this.left = IntStream.range(0, all).mapToLong(items::capacityBytes).toArray();
    this.bytes = IntStream.range(0, count).mapToLong(items::bytes).toArray();
    this.stageBytes = items.stageBytes();
    this.enterMs = IntStream.range(0, all).mapToDouble(items::enterMs).toArray();
    this.returnMs = IntStream.range(0, all).mapToDouble(items::returnMs).toArray();
    this.hopMs = new double[all][all];
    this.computeMs = new double[count][all];
    this.allowed = new boolean[count][all];
    this.restMs = new double[count + 1];
    for (int device = 0; device < all; device++) {
      int from = device;
      hopMs[device] = IntStream.range(0, all).mapToDouble(to -> items.hopMs(from, to)).toArray();
    }
    for (int item = count - 1; item >= 0; item--) {
      double fastest = Double.POSITIVE_INFINITY;
      for (int device = 0; device < all; device++) {
        computeMs[item][device] = items.computeMs(item, device);
        allowed[item][device] = items.allowed(item, device);
        fastest = Math.min(fastest, computeMs[item][device]);
      }
      restMs[item] = slowest ? 0 : restMs[item + 1] + fastest;
    }
  }

  /** Least time of a token, with devices come back to or not. */
  static double leastTokenMs(LayerItems items, boolean mayComeBack) {
    EveryAssignment all = new EveryAssignment(items, mayComeBack, false);
    all.next(0, 0, 0, 0);
    return all.leastMs;
  }

  /** Least time of the slowest device, each computing its shard and receiving input meanwhile. */
  static double leastSlowestMs(LayerItems items) {
    EveryAssignment all = new EveryAssignment(items, false, true);
    all.next(0, 0, 0, 0);
    return all.leastMs;
  }

  /** Time of the slowest device in a given assignment. */
  static double slowestMs(LayerItems items, int[] devices) {
    double slowest = 0;
    double shard = 0;
    for (int item = 0; item < devices.length; item++) {
      boolean enters = item == 0 || devices[item] != devices[item - 1];
      shard =
          (enters ? items.enterMs(devices[item]) : shard) + items.computeMs(item, devices[item]);
      double hop = enters && item > 0 ? items.hopMs(devices[item - 1], devices[item]) : 0;
      slowest = Math.max(slowest, Math.max(shard, hop));
    }
    return slowest;
  }

  private void next(int item, double soFar, double shard, int used) {
    if (soFar + restMs[item] >= leastMs) {
      return;
    }
    if (item == count) {
      leastMs = Math.min(leastMs, soFar + (slowest ? 0 : returnMs[devices[item - 1]]));
      return;
    }
    for (int device = 0; device < left.length; device++) {
      boolean enters = item == 0 || devices[item - 1] != device;
      long more = bytes[item] + (enters ? stageBytes : 0);
      boolean mayEnter = !enters || mayComeBack || (used >> device & 1) == 0;
      if (mayEnter && allowed[item][device] && left[device] >= more) {
        devices[item] = device;
        left[device] -= more;
        go(item, soFar, enters ? enterMs[device] : shard, used | 1 << device);
        left[device] += more;
      }
    }
  }

  private void go(int item, double soFar, double shardBefore, int used) {
    int device = devices[item];
    boolean enters = item == 0 || devices[item - 1] != device;
    double hop = enters && item > 0 ? hopMs[devices[item - 1]][device] : 0;
    double shard = shardBefore + computeMs[item][device];
    double total = soFar + hop + computeMs[item][device] + (enters ? enterMs[device] : 0);
    next(item + 1, slowest ? Math.max(soFar, Math.max(hop, shard)) : total, shard, used);
  }
}
