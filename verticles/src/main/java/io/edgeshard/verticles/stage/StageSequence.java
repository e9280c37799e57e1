package io.edgeshard.verticles.stage;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.runtime.sampling.Sampler;
import java.util.Optional;

/** What a stage knows of one sequence. Lives on the shard's thread. */
final class StageSequence {
  private final NodeId source;
  private final int slot;
  private final Optional<Sampler> sampler;
  private long lastUsedNanos;

  StageSequence(NodeId source, int slot, Optional<Sampler> sampler, long nowNanos) {
    this.source = source;
    this.slot = slot;
    this.sampler = sampler;
    this.lastUsedNanos = nowNanos;
  }

  NodeId source() {
    return source;
  }

  int slot() {
    return slot;
  }

  Optional<Sampler> sampler() {
    return sampler;
  }

  long lastUsedNanos() {
    return lastUsedNanos;
  }

  void used(long nowNanos) {
    lastUsedNanos = nowNanos;
  }
}
