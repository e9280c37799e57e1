package io.edgeshard.planner.published;

import java.util.Arrays;

/**
 * Brute force over every device for every item: for latency with devices come back to, for
 * throughput without.
 */
final class EveryAssignment {
  private final LayerItems items;
  private final boolean revisits;
  private final boolean slowest;
  private final int[] devices;
  private final long[] left;
  private double leastMs = Double.POSITIVE_INFINITY;

  private EveryAssignment(LayerItems items, boolean revisits, boolean slowest) {
    this.items = items;
    this.revisits = revisits;
    this.slowest = slowest;
    this.devices = new int[items.count()];
    this.left = new long[items.deviceCount()];
    Arrays.setAll(left, items::capacityBytes);
  }

  /** Least time of a token, revisits allowed or not. */
  static double leastTokenMs(LayerItems items, boolean revisits) {
    EveryAssignment all = new EveryAssignment(items, revisits, false);
    all.next(0, 0, 0);
    return all.leastMs;
  }

  /** Least time of the slowest device, each computing its shard and receiving input meanwhile. */
  static double leastSlowestMs(LayerItems items) {
    EveryAssignment all = new EveryAssignment(items, false, true);
    all.next(0, 0, 0);
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

  private void next(int item, double soFar, double shard) {
    if (soFar >= leastMs) {
      return;
    }
    if (item == items.count()) {
      double back = slowest ? 0 : items.returnMs(devices[item - 1]);
      leastMs = Math.min(leastMs, soFar + back);
      return;
    }
    for (int device = 0; device < left.length; device++) {
      boolean enters = item == 0 || devices[item - 1] != device;
      long bytes = items.bytes(item) + (enters ? items.stageBytes() : 0);
      boolean allowed = items.allowed(item, device) && left[device] >= bytes;
      if (allowed && (!enters || revisits || !isUsed(item, device))) {
        devices[item] = device;
        left[device] -= bytes;
        go(item, soFar, enters ? items.enterMs(device) : shard, enters);
        left[device] += bytes;
      }
    }
  }

  private void go(int item, double soFar, double shardBefore, boolean enters) {
    int device = devices[item];
    double hop = enters && item > 0 ? items.hopMs(devices[item - 1], device) : 0;
    double shard = shardBefore + items.computeMs(item, device);
    double total =
        soFar + hop + items.computeMs(item, device) + (enters ? items.enterMs(device) : 0);
    next(item + 1, slowest ? Math.max(soFar, Math.max(hop, shard)) : total, shard);
  }

  private boolean isUsed(int item, int device) {
    return Arrays.stream(devices, 0, item).anyMatch(used -> used == device);
  }
}
