package io.edgeshard.runtime.kvcache;

/**
 * How keys and values are laid out: for each layer two tensors {@code float32 [1, kvHeads,
 * capacity, headDim]}.
 *
 * @param layers how many layers keep them
 * @param kvHeads heads of keys and of values
 * @param headDim dimensions of a head
 */
public record KvCacheShape(int layers, int kvHeads, int headDim) {
  /** Bytes of one layer's keys (or values) for so many tokens. */
  public long tensorBytes(int tokens) {
    return (long) tokens * kvHeads * headBytes();
  }

  /** Bytes of all layers' keys and values for so many tokens. */
  public long bytes(int tokens) {
    return 2L * layers * tensorBytes(tokens);
  }

  /** Bytes of one token's key (or value) in one head. */
  int headBytes() {
    return headDim * Float.BYTES;
  }
}
