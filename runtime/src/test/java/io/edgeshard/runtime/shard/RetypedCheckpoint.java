package io.edgeshard.runtime.shard;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.checkpoint.Metadata;
import io.edgeshard.runtime.checkpoint.TensorSlice;
import io.edgeshard.runtime.checkpoint.TensorType;
import io.edgeshard.runtime.fixture.Quantizer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A checkpoint some of whose tensors are stored as other types, as converters do with those that
 * matter most.
 *
 * @param original where the weights are from
 * @param types by the end of the tensor's name
 */
record RetypedCheckpoint(Checkpoint original, Map<String, TensorType> types) implements Checkpoint {
  @Override
  public Path file() {
    return original.file();
  }

  @Override
  public ModelSpec spec() {
    return original.spec();
  }

  @Override
  public Metadata metadata() {
    return original.metadata();
  }

  @Override
  public Optional<TensorSlice> find(String name) {
    return original.find(name).map(this::retyped);
  }

  @Override
  public TensorSlice tensor(String name) {
    return retyped(original.tensor(name));
  }

  private TensorSlice retyped(TensorSlice slice) {
    return types.entrySet().stream()
        .filter(entry -> slice.name().endsWith(entry.getKey()))
        .findFirst()
        .map(entry -> retyped(slice, entry.getValue()))
        .orElse(slice);
  }

  private static TensorSlice retyped(TensorSlice slice, TensorType type) {
    float[] weights = Quantizer.dequantize(slice.type(), slice.data());
    ByteBuffer data =
        ByteBuffer.wrap(Quantizer.quantize(type, weights)).order(ByteOrder.LITTLE_ENDIAN);
    return new TensorSlice(slice.name(), type, slice.rows(), slice.columns(), data);
  }

  @Override
  public void close() {
    original.close();
  }
}
