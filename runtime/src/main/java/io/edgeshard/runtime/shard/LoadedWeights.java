package io.edgeshard.runtime.shard;

import io.edgeshard.runtime.DirectMemory;
import io.edgeshard.runtime.graph.ElementType;
import io.edgeshard.runtime.graph.Weight;
import io.edgeshard.runtime.session.BoundTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A graph's weights of one use, written into native memory and ready to be handed over. */
final class LoadedWeights implements AutoCloseable {
  private final List<DirectMemory> memory = new ArrayList<>();
  private final Map<String, BoundTensor> tensors = new LinkedHashMap<>();

  private LoadedWeights() {}

  static LoadedWeights write(List<Weight> weights, Weight.Use use) {
    LoadedWeights loaded = new LoadedWeights();
    try {
      weights.stream().filter(weight -> weight.use() == use).forEach(loaded::add);
      return loaded;
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  private void add(Weight weight) {
    DirectMemory piece = DirectMemory.allocate(weight.bytes());
    memory.add(piece);
    weight.writer().write(piece.buffer().duplicate().order(piece.buffer().order()));
    long[] shape = weight.shape().stream().mapToLong(Long::longValue).toArray();
    tensors.put(weight.name(), tensor(weight.type(), piece.buffer(), shape));
  }

  private static BoundTensor tensor(ElementType type, ByteBuffer buffer, long[] shape) {
    return switch (type) {
      case FLOAT32 -> BoundTensor.float32(buffer, shape);
      case UINT8 -> BoundTensor.uint8(buffer, shape);
      case INT32 -> BoundTensor.int32(buffer, shape);
      case INT64 -> BoundTensor.int64(buffer, shape);
    };
  }

  Map<String, BoundTensor> tensors() {
    return tensors;
  }

  @Override
  public void close() {
    tensors.values().forEach(BoundTensor::close);
    tensors.clear();
    memory.forEach(DirectMemory::close);
    memory.clear();
  }
}
