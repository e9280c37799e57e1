package io.edgeshard.verticles.pipeline.health;

import io.edgeshard.planner.goal.Workload;
import java.time.Duration;

/**
 * How long a step may be out before it counts as lost. Not thread-safe.
 *
 * <p>Whatever a node knows to have failed, it says; this is for what nobody can say, a message that
 * went down with its connection. A fixed limit would break off right answers of a slow cluster, so
 * it follows the cluster's own speed. A row of a prefill chunk takes less of processors and links
 * than a step of one token; a stage serves its sequences in turn. So a step that is not lost is
 * back within the time of a one-token step, times the rows of a chunk, times the sequences; the
 * limit is twice that, for nodes that have other work and contexts that have grown.
 */
public final class StepLimit {
  /** Before anything has been measured; a first step may wait for weights to come from a disk. */
  public static final Duration UNMEASURED = Duration.ofSeconds(60);

  /** On a fast cluster: a broken connection is noticed and repaired well within this. */
  public static final Duration LEAST = Duration.ofSeconds(30);

  private static final double HEAD_ROOM = 2;

  private final Workload workload;
  private long fastestNanos = Long.MAX_VALUE;

  /** The limit for a plan that promises {@code workload}, of which no step is known yet. */
  public StepLimit(Workload workload) {
    this.workload = workload;
  }

  /** Notes how long a step was out, from the source until back at the source. */
  public void completed(long nanos) {
    fastestNanos = Math.min(fastestNanos, Math.max(1, nanos));
  }

  /** The limit as of now. */
  public Duration get() {
    if (fastestNanos == Long.MAX_VALUE) {
      return UNMEASURED;
    }
    double nanos = HEAD_ROOM * fastestNanos * workload.prefillChunkTokens() * workload.sequences();
    return Duration.ofNanos(Math.max(LEAST.toNanos(), (long) nanos));
  }
}
