package io.edgeshard.planner.cluster;

/**
 * What a node draws, in watts.
 *
 * @param busyWatts while it computes
 * @param idleWatts while it takes part but waits; at most {@code busyWatts}
 */
public record PowerDraw(double busyWatts, double idleWatts) {
  public PowerDraw {
    if (!(idleWatts >= 0) || !(busyWatts >= idleWatts) || Double.isInfinite(busyWatts)) {
      throw new IllegalArgumentException(
          "expected finite watts with 0 <= idle <= busy, found %s idle and %s busy"
              .formatted(idleWatts, busyWatts));
    }
  }
}
