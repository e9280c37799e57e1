package io.edgeshard.runtime.kvcache;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys and values of all open sequences of a shard, within a budget of bytes. */
public final class KvCache implements AutoCloseable {
  private final KvCacheShape shape;
  private final long budgetBytes;
  private final Map<SequenceId, KvCacheSlot> slots = new LinkedHashMap<>();
  private long reservedBytes;

  /**
   * An empty cache.
   *
   * @param budgetBytes the most that the promised capacities of all sequences may add up to
   */
  public KvCache(KvCacheShape shape, long budgetBytes) {
    this.shape = shape;
    this.budgetBytes = budgetBytes;
  }

  /**
   * Promises a sequence its capacity.
   *
   * @throws KvCacheFullException when the budget has no room
   * @throws IllegalArgumentException when the sequence is there already or the capacity is not
   *     above 0
   */
  public KvCacheSlot open(SequenceId sequence, int capacityTokens) {
    if (capacityTokens <= 0) {
      throw new IllegalArgumentException(
          "expected a capacity above 0 tokens, found " + capacityTokens);
    }
    if (slots.containsKey(sequence)) {
      throw new IllegalArgumentException(
          "expected a new sequence, found " + sequence + " open already");
    }
    long bytes = shape.bytes(capacityTokens);
    if (bytes > budgetBytes - reservedBytes) {
      throw new KvCacheFullException(
          "expected "
              + bytes
              + " bytes of KV cache for "
              + capacityTokens
              + " tokens, found "
              + (budgetBytes - reservedBytes)
              + " of "
              + budgetBytes
              + " left; try again when another sequence has ended");
    }
    KvCacheSlot slot = new KvCacheSlot(shape, capacityTokens);
    slots.put(sequence, slot);
    reservedBytes += bytes;
    return slot;
  }

  /** The sequence's slot, or null when it is not open. */
  public @Nullable KvCacheSlot find(SequenceId sequence) {
    return slots.get(sequence);
  }

  /** Frees a sequence's slot, if it is open. */
  public void release(SequenceId sequence) {
    KvCacheSlot slot = slots.remove(sequence);
    if (slot != null) {
      reservedBytes -= shape.bytes(slot.promisedTokens());
      slot.close();
    }
  }

  /** Bytes promised to open sequences. */
  public long reservedBytes() {
    return reservedBytes;
  }

  @Override
  public void close() {
    slots.values().forEach(KvCacheSlot::close);
    slots.clear();
    reservedBytes = 0;
  }
}
