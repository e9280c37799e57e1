package io.edgeshard.runtime.kvcache;

import io.edgeshard.runtime.NativeMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of a shard's slots, a slot for each sequence: for each layer twice {@code float32
 * [slots, kvHeads, capacity, headDim]}.
 *
 * <p>The memory is not touched before something is written, so what is resident follows the tokens
 * held and not the capacity. Slots that a buffer is too small for all of lie in several banks.
 */
public final class KvArena implements AutoCloseable {
  private static final long MAX_BANK_BYTES = 1L << 30;

  private final KvShape shape;
  private final int slotsInBank;
  private final int[] lengths;

  /** By bank, then by layer, keys before values. */
  private final List<List<NativeMemory>> banks = new ArrayList<>();

  /** An empty one. */
  public KvArena(KvShape shape) {
    this(shape, MAX_BANK_BYTES);
  }

  KvArena(KvShape shape, long maxBankBytes) {
    this.shape = shape;
    slotsInBank = (int) Math.max(1, Math.min(shape.slots(), maxBankBytes / shape.slotBytes()));
    lengths = new int[shape.slots()];
    boolean allocated = false;
    try {
      for (int first = 0; first < shape.slots(); first += slotsInBank) {
        addBank(Math.min(slotsInBank, shape.slots() - first));
      }
      allocated = true;
    } finally {
      if (!allocated) {
        close();
      }
    }
  }

  private void addBank(int slots) {
    List<NativeMemory> tensors = new ArrayList<>();
    banks.add(tensors);
    for (int i = 0; i < 2 * shape.layers(); i++) {
      tensors.add(NativeMemory.allocate(slots * shape.slotBytes()));
    }
  }

  /** How it is laid out. */
  public KvShape shape() {
    return shape;
  }

  /** How many neighbours from slot 0, from the next after those, and so on lie in one tensor. */
  public int slotsInBank() {
    return slotsInBank;
  }

  /** Tokens that a slot holds. */
  public int length(int slot) {
    return lengths[slot];
  }

  /** Says how many tokens a slot holds; what lies behind is forgotten. */
  public void setLength(int slot, int tokens) {
    lengths[slot] = tokens;
  }

  /** Keys of some neighbouring slots of one bank, {@code float32 [slots, heads, capacity, dim]}. */
  public ByteBuffer keys(int layer, int firstSlot, int slots) {
    return part(2 * layer, firstSlot, slots);
  }

  /** Values of some neighbouring slots of one bank, shaped as keys are. */
  public ByteBuffer values(int layer, int firstSlot, int slots) {
    return part(2 * layer + 1, firstSlot, slots);
  }

  private ByteBuffer part(int tensor, int firstSlot, int slots) {
    NativeMemory memory = banks.get(firstSlot / slotsInBank).get(tensor);
    long offset = firstSlot % slotsInBank * shape.slotBytes();
    return memory.slice((int) offset, (int) (slots * shape.slotBytes()));
  }

  /** Bytes of the tokens held. */
  public long heldBytes() {
    long tokens = 0;
    for (int length : lengths) {
      tokens += length;
    }
    return tokens * shape.tokenBytes();
  }

  @Override
  public void close() {
    banks.forEach(tensors -> tensors.forEach(NativeMemory::close));
    banks.clear();
  }
}
