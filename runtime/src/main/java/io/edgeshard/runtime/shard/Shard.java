package io.edgeshard.runtime.shard;

import io.edgeshard.runtime.shard.step.Span;
import java.util.List;

/**
 * Layers of a model at work, with the KV cache of the sequences that pass through, a slot for each.
 *
 * <p>Not thread-safe: one thread at a time.
 */
public interface Shard extends AutoCloseable {
  /** What it is. */
  ShardSpec spec();

  /** Tokens that a slot holds. */
  int length(int slot);

  /**
   * Computes one step of some sequences and appends their keys and values to the cache. Spans do
   * not depend on each other: one that fails leaves its slot as it was, and the others go on.
   *
   * @param spans each of another slot
   * @param input of all rows, in the order of the spans
   * @return what came of each span, in their order
   * @throws IllegalArgumentException when the input is not that of the spans
   */
  List<StageOutput> forward(List<Span> spans, StageInput input);

  /**
   * Forgets what a slot holds behind its first tokens.
   *
   * @param tokens at most as many as it holds
   */
  void truncate(int slot, int tokens);

  /** Bytes of the tokens that all slots hold. */
  long kvCacheBytes();

  @Override
  void close();
}
