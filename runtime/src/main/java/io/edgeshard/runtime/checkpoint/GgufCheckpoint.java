package io.edgeshard.runtime.checkpoint;

import io.edgeshard.runtime.ModelException;
import java.nio.file.Path;

/** A GGUF file. */
final class GgufCheckpoint {
  private GgufCheckpoint() {}

  @SuppressWarnings("DoNotCallSuggester")
  static Checkpoint open(Path file) {
    throw new ModelException("expected a model file, found none at " + file);
  }
}
