package io.edgeshard.planner.published;

import org.jspecify.annotations.Nullable;

/**
 * The one path that Algorithm 1 keeps for an item and a device: the items before on their devices,
 * what that takes, and the memory it leaves (paper, section IV-B; the memory of the kept path as in
 * the authors' own code).
 *
 * @param ms least time of all items so far
 * @param device where the last of them runs
 * @param leftBytes memory left on each device
 * @param used whether the path has come to each device
 * @param previous the path without its last item; null before the second
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed after it was made
record KeptPath(
    double ms, int device, long[] leftBytes, boolean[] used, @Nullable KeptPath previous) {

  /** Before any item, at the source. */
  static KeptPath atSource(LayerItems items) {
    long[] leftBytes = new long[items.deviceCount()];
    for (int device = 0; device < leftBytes.length; device++) {
      leftBytes[device] = items.capacityBytes(device);
    }
    return new KeptPath(0, -1, leftBytes, new boolean[leftBytes.length], null);
  }

  /** Whether the next item fits on a device, which the path may have left before or not. */
  boolean mayGoOn(int next, long bytes, boolean mayComeBack) {
    return leftBytes[next] >= bytes && (mayComeBack || next == device || !used[next]);
  }

  /** The path with one more item. */
  KeptPath goOn(int next, long bytes, double newMs) {
    long[] newLeft = leftBytes.clone();
    newLeft[next] -= bytes;
    boolean[] newUsed = used.clone();
    newUsed[next] = true;
    return new KeptPath(newMs, next, newLeft, newUsed, this);
  }

  /** The device of each of so many items. */
  int[] devices(int count) {
    int[] devices = new int[count];
    KeptPath path = this;
    for (int item = count - 1; item >= 0 && path != null; item--) {
      devices[item] = path.device;
      path = path.previous;
    }
    return devices;
  }
}
