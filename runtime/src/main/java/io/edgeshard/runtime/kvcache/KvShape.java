package io.edgeshard.runtime.kvcache;

/**
 * How keys and values are laid out.
 *
 * @param layers how many layers keep them
 * @param kvHeads heads of keys and of values
 * @param headDim dimensions of a head
 * @param slots for how many sequences
 * @param capacityTokens the most tokens of a slot
 */
public record KvShape(int layers, int kvHeads, int headDim, int slots, int capacityTokens) {
  /** Bytes of one layer's keys (or values) of a full slot. */
  public long slotBytes() {
    return (long) capacityTokens * kvHeads * headDim * Float.BYTES;
  }

  /** Bytes of one token's keys and values in all layers. */
  public long tokenBytes() {
    return 2L * layers * kvHeads * headDim * Float.BYTES;
  }
}
