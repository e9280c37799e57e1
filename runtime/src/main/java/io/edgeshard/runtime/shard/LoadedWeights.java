package io.edgeshard.runtime.shard;

import io.edgeshard.runtime.NativeMemory;
import io.edgeshard.runtime.graph.onnx.ElementType;
import io.edgeshard.runtime.graph.onnx.Weight;
import io.edgeshard.runtime.session.BoundTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A graph's weights in native memory, ready to be handed over. */
final class LoadedWeights implements AutoCloseable {
  private final Map<String, BoundTensor> tensors = new LinkedHashMap<>();
  private final List<NativeMemory> kept = new ArrayList<>();
  private final List<NativeMemory> packed = new ArrayList<>();

  private LoadedWeights() {}

  static LoadedWeights write(List<Weight> weights) {
    LoadedWeights loaded = new LoadedWeights();
    boolean written = false;
    try {
      weights.forEach(loaded::add);
      written = true;
      return loaded;
    } finally {
      if (!written) {
        loaded.close();
      }
    }
  }

  private void add(Weight weight) {
    NativeMemory memory = NativeMemory.allocate(weight.bytes());
    (weight.use() == Weight.Use.PACKED ? packed : kept).add(memory);
    weight.writer().write(memory.slice(0, memory.bytes()));
    long[] shape = weight.shape().stream().mapToLong(Long::longValue).toArray();
    tensors.put(weight.name(), tensor(weight.type(), memory.buffer(), shape));
  }

  private static BoundTensor tensor(ElementType type, ByteBuffer buffer, long[] shape) {
    return switch (type) {
      case FLOAT32 -> BoundTensor.float32(buffer, shape);
      case UINT8 -> BoundTensor.uint8(buffer, shape);
      case INT32 -> BoundTensor.int32(buffer, shape);
      case INT64 -> BoundTensor.int64(buffer, shape);
    };
  }

  /** By name. */
  Map<String, BoundTensor> tensors() {
    return tensors;
  }

  /** Turns every bit of the weights that the engine is thought to have copied; twice is never. */
  void invertPacked() {
    for (NativeMemory memory : packed) {
      ByteBuffer buffer = memory.buffer();
      int at = 0;
      for (; at + Long.BYTES <= memory.bytes(); at += Long.BYTES) {
        buffer.putLong(at, ~buffer.getLong(at));
      }
      for (; at < memory.bytes(); at++) {
        buffer.put(at, (byte) ~buffer.get(at));
      }
    }
  }

  /** Gives back the memory of the weights that the engine has copied. */
  void releasePacked() {
    packed.forEach(NativeMemory::close);
    packed.clear();
  }

  @Override
  public void close() {
    tensors.values().forEach(BoundTensor::close);
    tensors.clear();
    kept.forEach(NativeMemory::close);
    kept.clear();
    releasePacked();
  }
}
