package io.edgeshard.runtime.kvcache;

import io.edgeshard.runtime.DirectMemory;
import java.nio.ByteBuffer;

/**
 * Keys (or values) of one layer and one sequence, {@code float32 [1, kvHeads, capacity, headDim]}.
 */
public final class KvTensor implements AutoCloseable {
  private final KvCacheShape shape;
  private DirectMemory memory;
  private int capacityTokens;

  KvTensor(KvCacheShape shape, int capacityTokens) {
    this.shape = shape;
    this.capacityTokens = capacityTokens;
    memory = DirectMemory.allocate(shape.tensorBytes(capacityTokens));
  }

  /** The memory behind it; another one after the sequence grew. */
  public ByteBuffer buffer() {
    return memory.buffer();
  }

  /** Tokens that there is memory for. */
  public int capacityTokens() {
    return capacityTokens;
  }

  /** Moves to more memory, keeping the first tokens of each head. */
  void grow(int newCapacityTokens, int keptTokens) {
    if (newCapacityTokens <= capacityTokens) {
      return;
    }
    DirectMemory larger = DirectMemory.allocate(shape.tensorBytes(newCapacityTokens));
    int kept = keptTokens * shape.headBytes();
    for (int head = 0; head < shape.kvHeads(); head++) {
      int from = head * capacityTokens * shape.headBytes();
      int to = head * newCapacityTokens * shape.headBytes();
      larger.buffer().put(to, memory.buffer(), from, kept);
    }
    memory.close();
    memory = larger;
    capacityTokens = newCapacityTokens;
  }

  @Override
  public void close() {
    memory.close();
  }
}
