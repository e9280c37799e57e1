package io.edgeshard.runtime.shard;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.checkpoint.Metadata;
import io.edgeshard.runtime.checkpoint.TensorSlice;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A checkpoint one of whose tensors cannot be had.
 *
 * @param original where the others are from
 * @param missing its name
 */
record MissingTensorCheckpoint(Checkpoint original, String missing) implements Checkpoint {
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
    return name.equals(missing) ? Optional.empty() : original.find(name);
  }

  @Override
  public TensorSlice tensor(String name) {
    return find(name)
        .orElseThrow(() -> new ModelException("expected the tensor " + name + ", found none"));
  }

  @Override
  public void close() {
    original.close();
  }
}
