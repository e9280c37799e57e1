package io.edgeshard.planner.cluster;

/**
 * What it takes to send from one node to another, or within a node: there its pipeline hands a step
 * to its stage, and its stage a token id to its pipeline.
 *
 * @param from sender
 * @param to receiver
 * @param latencyMs of a message of no length, from the end of one stage's computation to where the
 *     next could begin; 0 or more
 * @param bytesPerSecond above 0
 */
public record LinkProfile(NodeId from, NodeId to, double latencyMs, double bytesPerSecond) {
  private static final double MS_PER_SECOND = 1000;

  public LinkProfile {
    boolean inRange =
        latencyMs >= 0
            && !Double.isInfinite(latencyMs)
            && bytesPerSecond > 0
            && !Double.isInfinite(bytesPerSecond);
    if (!inRange) {
      throw new IllegalArgumentException(
          "expected a finite latency of 0 ms or more and a finite rate above 0 from %s to %s, found %s ms and %s bytes/s"
              .formatted(from, to, latencyMs, bytesPerSecond));
    }
  }

  /** Whether it stays within a node. */
  public boolean isInner() {
    return from.equals(to);
  }

  /** Milliseconds from one node to the other for so many bytes. */
  public double ms(long bytes) {
    return latencyMs + bytes * MS_PER_SECOND / bytesPerSecond;
  }

  /** The same link with {@code factor} times the rate. */
  public LinkProfile faster(double factor) {
    return new LinkProfile(from, to, latencyMs, bytesPerSecond * factor);
  }
}
