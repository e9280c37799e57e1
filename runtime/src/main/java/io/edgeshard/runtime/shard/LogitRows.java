package io.edgeshard.runtime.shard;

/** For which rows of a step the last shard computes logits. */
public enum LogitRows {
  /** For none: a prefill chunk that is not the last. */
  NONE,
  /** For the last row: what sampling needs. */
  LAST,
  /** For every row: log-probabilities of the prompt. */
  ALL
}
