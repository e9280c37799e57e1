package io.edgeshard.verticles.stage;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.runtime.sampling.Sampler;
import java.util.Optional;

/** What a stage knows of one sequence. Lives on the shard's thread. */
final class StageSequence {
  private final NodeId source;
  private final Optional<Sampler> sampler;
  private int nextStep;
  private long lastUsedNanos;

  StageSequence(NodeId source, Optional<Sampler> sampler, long nowNanos) {
    this.source = source;
    this.sampler = sampler;
    this.lastUsedNanos = nowNanos;
  }

  NodeId source() {
    return source;
  }

  Optional<Sampler> sampler() {
    return sampler;
  }

  int nextStep() {
    return nextStep;
  }

  long lastUsedNanos() {
    return lastUsedNanos;
  }

  void stepDone(long nowNanos) {
    nextStep++;
    lastUsedNanos = nowNanos;
  }
}
