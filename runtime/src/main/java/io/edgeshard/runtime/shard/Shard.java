package io.edgeshard.runtime.shard;

import io.edgeshard.runtime.kvcache.SequenceId;

/**
 * Layers of a model at work, with the KV cache of the sequences that pass through.
 *
 * <p>Not thread-safe: one thread at a time. A step that fails leaves the sequence's length as it
 * was.
 */
public interface Shard extends AutoCloseable {
  /** What it is. */
  ShardSpec spec();

  /**
   * Reserves KV cache for a sequence.
   *
   * @param capacityTokens the most tokens it will have, prompt and answer
   * @throws io.edgeshard.runtime.kvcache.KvCacheFullException when the budget has no room now
   * @throws IllegalArgumentException when the sequence is there already
   */
  void open(SequenceId sequence, int capacityTokens);

  /** Tokens of the sequence in the cache, or -1 for one that is not open. */
  int length(SequenceId sequence);

  /**
   * Computes one step of one sequence and appends its keys and values to the cache.
   *
   * @param position of the first row; rows at it and after that are in the cache are overwritten
   * @throws IllegalArgumentException when the sequence is not open, the position lies beyond its
   *     length, or the rows do not fit into its capacity; the cache is untouched then
   * @throws io.edgeshard.runtime.ModelException when the engine fails
   */
  StageOutput forward(SequenceId sequence, int position, StageInput input, LogitRows logitRows);

  /** Frees the sequence's cache; nothing happens when it is not open. */
  void release(SequenceId sequence);

  /** KV-cache bytes reserved by open sequences. */
  long kvCacheReservedBytes();

  @Override
  void close();
}
