package io.edgeshard.runtime.kvcache;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of one sequence.
 *
 * <p>The promised capacity is what the budget counts; memory is taken as the sequence grows, twice
 * as much each time, because taking it touches it. What is computed does not depend on how much has
 * been taken.
 */
public final class KvCacheSlot implements AutoCloseable {
  static final int FIRST_TOKENS = 128;

  private final KvCacheShape shape;
  private final int promisedTokens;
  private final List<KvTensor> keys = new ArrayList<>();
  private final List<KvTensor> values = new ArrayList<>();
  private int length;

  /** An empty one, outside of any budget. */
  public KvCacheSlot(KvCacheShape shape, int promisedTokens) {
    this.shape = shape;
    this.promisedTokens = promisedTokens;
  }

  /** The most tokens it may hold. */
  public int promisedTokens() {
    return promisedTokens;
  }

  /** Tokens it holds. */
  public int length() {
    return length;
  }

  /** Says how many tokens it holds now that a step is done. */
  public void commit(int newLength) {
    length = newLength;
  }

  /** Keys of each layer, in order; none before the first {@link #reserve}. */
  public List<KvTensor> keys() {
    return keys;
  }

  /** Values of each layer, in order; none before the first {@link #reserve}. */
  public List<KvTensor> values() {
    return values;
  }

  /** Whether there is memory for so many tokens. */
  public boolean hasRoom(int tokens) {
    return values.size() == shape.layers()
        && values.stream().allMatch(tensor -> tensor.capacityTokens() >= tokens);
  }

  /**
   * Takes memory for so many tokens, layer by layer, so that only one layer is there twice while it
   * grows.
   *
   * @throws io.edgeshard.runtime.ModelException when there is too little; what the slot holds stays
   */
  public void reserve(int tokens) {
    int capacity = capacityFor(tokens);
    for (int layer = 0; layer < shape.layers(); layer++) {
      reserve(keys, layer, capacity);
      reserve(values, layer, capacity);
    }
  }

  private void reserve(List<KvTensor> tensors, int layer, int capacity) {
    if (layer < tensors.size()) {
      tensors.get(layer).grow(capacity, length);
    } else {
      tensors.add(new KvTensor(shape, capacity));
    }
  }

  private int capacityFor(int tokens) {
    long capacity = FIRST_TOKENS;
    while (capacity < tokens) {
      capacity *= 2;
    }
    return (int) Math.min(capacity, promisedTokens);
  }

  @Override
  public void close() {
    keys.forEach(KvTensor::close);
    values.forEach(KvTensor::close);
  }
}
