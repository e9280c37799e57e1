package io.edgeshard.runtime.shard.step;

import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.runtime.graph.ShardGraph;
import io.edgeshard.runtime.kvcache.KvCacheShape;
import io.edgeshard.runtime.kvcache.KvCacheSlot;
import io.edgeshard.runtime.kvcache.KvTensor;
import io.edgeshard.runtime.session.Binding;
import io.edgeshard.runtime.session.BoundTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * One sequence's KV cache as the graph sees it: each tensor bound as past and as present, so that
 * attention appends in place. Made once and again only when the cache grows.
 */
public final class OpenSequence implements AutoCloseable {
  private final KvCacheSlot slot;
  private final LayerRange layers;
  private final KvCacheShape shape;
  private final Binding binding = new Binding();
  private final List<BoundTensor> tensors = new ArrayList<>();

  /** Of a shard's layers; the slot stays its owner's. */
  public OpenSequence(KvCacheSlot slot, LayerRange layers, KvCacheShape shape) {
    this.slot = slot;
    this.layers = layers;
    this.shape = shape;
  }

  /** What it holds. */
  public KvCacheSlot slot() {
    return slot;
  }

  /** What a step binds its other tensors to as well. */
  public Binding binding() {
    return binding;
  }

  /** Makes room for so many tokens. */
  public void reserve(int tokens) {
    if (slot.hasRoom(tokens) && !tensors.isEmpty()) {
      return;
    }
    closeTensors();
    slot.reserve(tokens);
    for (int i = 0; i < layers.count(); i++) {
      int layer = layers.start() + i;
      BoundTensor keys = bind(slot.keys().get(i));
      binding.input(ShardGraph.pastKeys(layer), keys);
      binding.output(ShardGraph.presentKeys(layer), keys);
      BoundTensor values = bind(slot.values().get(i));
      binding.input(ShardGraph.pastValues(layer), values);
      binding.output(ShardGraph.presentValues(layer), values);
    }
  }

  private BoundTensor bind(KvTensor tensor) {
    BoundTensor bound =
        BoundTensor.float32(
            tensor.buffer(), 1, shape.kvHeads(), tensor.capacityTokens(), shape.headDim());
    tensors.add(bound);
    return bound;
  }

  private void closeTensors() {
    tensors.forEach(BoundTensor::close);
    tensors.clear();
  }

  @Override
  public void close() {
    closeTensors();
  }
}
