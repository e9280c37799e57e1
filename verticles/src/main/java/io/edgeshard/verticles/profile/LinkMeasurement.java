package io.edgeshard.verticles.profile;

import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.NodeId;

/**
 * What a node measured of its link to another, or of the way within itself, as it stands in the map
 * {@code edgeshard.links} under {@code from>to}.
 *
 * @param from the sender, whose value it is
 * @param to the receiver
 * @param fromMemberId the cluster's id for the sender's process
 * @param toMemberId the cluster's id for the receiver's process
 * @param latencyMs of a message of no length, from the end of a computation at the sender to where
 *     the next could begin at the receiver
 * @param bytesPerSecond above 0
 * @param spread how far the repetitions lay apart, as a part of their median, 0 or more
 */
public record LinkMeasurement(
    String from,
    String to,
    String fromMemberId,
    String toMemberId,
    double latencyMs,
    double bytesPerSecond,
    double spread) {
  public LinkMeasurement {
    NodeMeasurement.expectPresent(from, to, fromMemberId, toMemberId);
    // Checks the figures.
    new LinkProfile(new NodeId(from), new NodeId(to), latencyMs, bytesPerSecond);
    if (!(spread >= 0) || Double.isInfinite(spread)) {
      throw new IllegalArgumentException(
          "expected a finite spread of 0 or more from %s to %s, found %s"
              .formatted(from, to, spread));
    }
  }

  /** Which link. */
  public LinkId id() {
    return new LinkId(new NodeId(from), new NodeId(to));
  }

  /** The link for the planner. */
  public LinkProfile profile() {
    return new LinkProfile(id().from(), id().to(), latencyMs, bytesPerSecond);
  }

  /**
   * The same link, after traffic has shown what a message of {@code bytes} takes: the latency goes
   * {@code part} of the way to what was seen.
   */
  public LinkMeasurement seen(long bytes, double ms, double part) {
    double seenLatencyMs = Math.max(0, ms - (profile().ms(bytes) - latencyMs));
    return new LinkMeasurement(
        from,
        to,
        fromMemberId,
        toMemberId,
        latencyMs + part * (seenLatencyMs - latencyMs),
        bytesPerSecond,
        spread);
  }
}
