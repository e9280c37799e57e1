package io.edgeshard.runtime.shard.step;

import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.runtime.graph.ShardGraph;
import io.edgeshard.runtime.kvcache.KvArena;
import io.edgeshard.runtime.kvcache.KvShape;
import io.edgeshard.runtime.session.Binding;
import io.edgeshard.runtime.session.BoundTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The KV cache as the graph sees it: for some neighbouring slots each layer's tensors bound as past
 * and as present, so that attention appends in place. The neighbours that were used lately are
 * kept.
 */
public final class SlotBindings implements AutoCloseable {
  private static final int MOST_KEPT = 64;

  private final LayerRange layers;
  private final KvArena arena;
  private final Map<Neighbours, Bound> kept = new LinkedHashMap<>(16, 0.75f, true);

  private record Neighbours(int first, int count) {}

  private record Bound(Binding binding, List<BoundTensor> tensors) {
    void close() {
      tensors.forEach(BoundTensor::close);
    }
  }

  /** Of a shard's layers; the arena stays its owner's. */
  public SlotBindings(LayerRange layers, KvArena arena) {
    this.layers = layers;
    this.arena = arena;
  }

  /** What a run binds its other tensors to as well. */
  public Binding binding(Run run) {
    Neighbours neighbours = new Neighbours(run.firstSlot(), run.slots());
    Bound bound = kept.computeIfAbsent(neighbours, this::bind);
    if (kept.size() > MOST_KEPT) {
      var eldest = kept.entrySet().iterator();
      eldest.next().getValue().close();
      eldest.remove();
    }
    return bound.binding();
  }

  private Bound bind(Neighbours slots) {
    Bound bound = new Bound(new Binding(), new ArrayList<>());
    for (int i = 0; i < layers.count(); i++) {
      int layer = layers.start() + i;
      BoundTensor keys = tensor(arena.keys(i, slots.first(), slots.count()), slots.count(), bound);
      bound.binding().input(ShardGraph.pastKeys(layer), keys);
      bound.binding().output(ShardGraph.presentKeys(layer), keys);
      BoundTensor values =
          tensor(arena.values(i, slots.first(), slots.count()), slots.count(), bound);
      bound.binding().input(ShardGraph.pastValues(layer), values);
      bound.binding().output(ShardGraph.presentValues(layer), values);
    }
    return bound;
  }

  private BoundTensor tensor(ByteBuffer memory, int slots, Bound owner) {
    KvShape shape = arena.shape();
    BoundTensor tensor =
        BoundTensor.float32(
            memory, slots, shape.kvHeads(), shape.capacityTokens(), shape.headDim());
    owner.tensors().add(tensor);
    return tensor;
  }

  @Override
  public void close() {
    kept.values().forEach(Bound::close);
    kept.clear();
  }
}
