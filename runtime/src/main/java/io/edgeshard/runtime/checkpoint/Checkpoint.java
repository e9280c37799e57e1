package io.edgeshard.runtime.checkpoint;

import io.edgeshard.planner.model.ModelSpec;
import java.nio.file.Path;
import java.util.Optional;

/** A model file, open and checked. Thread-safe; slices are valid until it is closed. */
public interface Checkpoint extends AutoCloseable {
  /**
   * Opens a GGUF file.
   *
   * @throws io.edgeshard.runtime.ModelException when it is missing, damaged or not supported
   */
  static Checkpoint open(Path file) {
    return GgufCheckpoint.open(file);
  }

  /** Where it is. */
  Path file();

  /** What the model is. */
  ModelSpec spec();

  /** The file's key-value pairs. */
  Metadata metadata();

  /** The tensor of that name, if there is one. */
  Optional<TensorSlice> find(String name);

  /**
   * The tensor of that name.
   *
   * @throws io.edgeshard.runtime.ModelException when there is none
   */
  TensorSlice tensor(String name);

  @Override
  void close();
}
