package io.edgeshard.verticles.stage;

import io.edgeshard.runtime.shard.Shard;
import io.edgeshard.verticles.protocol.LoadShard;

/** Where a node's shards come from. */
@FunctionalInterface
public interface ShardSource {
  /**
   * Loads a shard; takes seconds to minutes.
   *
   * @throws io.edgeshard.runtime.ModelException when it cannot be had here, or does not fit
   */
  LoadedShard load(LoadShard command);

  /**
   * A shard and what a stage needs to know of its model.
   *
   * @param shard ready to run
   * @param hiddenSize width of the hidden states
   */
  record LoadedShard(Shard shard, int hiddenSize) {}
}
