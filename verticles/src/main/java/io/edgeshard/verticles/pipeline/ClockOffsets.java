package io.edgeshard.verticles.pipeline;

import io.edgeshard.planner.cluster.NodeId;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How far the clocks of other nodes are from ours, so that a hop can be told from the two stages
 * around it. Not thread-safe.
 *
 * <p>As in NTP (RFC 5905, section 8): a probe's answer is taken to have been written halfway
 * between question and answer; of the latest probes the one with the shortest round trip is
 * believed. The error is at most half of that round trip; an offset no larger than that is none,
 * for nodes of one machine share its clock.
 */
final class ClockOffsets {
  private static final int KEPT_PROBES = 16;

  private final Map<NodeId, Deque<Sample>> samples = new HashMap<>();

  /** Notes a probe: asked and answered by our clock, answered by theirs, in nanoseconds. */
  void probed(NodeId node, long askedNanos, long answeredNanos, long theirNanos) {
    Deque<Sample> latest = samples.computeIfAbsent(node, id -> new ArrayDeque<>());
    long roundTrip = answeredNanos - askedNanos;
    latest.add(new Sample(roundTrip, theirNanos - (askedNanos + roundTrip / 2)));
    if (latest.size() > KEPT_PROBES) {
      latest.remove();
    }
  }

  /** A time of their clock, by ours. */
  long toOurs(NodeId node, long theirNanos) {
    Deque<Sample> latest = samples.get(node);
    return latest == null
        ? theirNanos
        : theirNanos
            - latest.stream()
                .min(Comparator.comparingLong(Sample::roundTripNanos))
                .orElseThrow()
                .believedNanos();
  }

  private record Sample(long roundTripNanos, long offsetNanos) {
    long believedNanos() {
      return Math.abs(offsetNanos) <= roundTripNanos / 2 ? 0 : offsetNanos;
    }
  }
}
