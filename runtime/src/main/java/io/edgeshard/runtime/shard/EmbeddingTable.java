package io.edgeshard.runtime.shard;

import io.edgeshard.runtime.checkpoint.Dequantizer;
import io.edgeshard.runtime.checkpoint.TensorSlice;
import java.nio.FloatBuffer;

/** Hidden states of token ids: rows of the embedding tensor, read from the checkpoint as needed. */
final class EmbeddingTable {
  private final TensorSlice tensor;

  EmbeddingTable(TensorSlice tensor) {
    this.tensor = tensor;
  }

  /**
   * Refuses ids that are no tokens.
   *
   * @throws IllegalArgumentException for the first one
   */
  void check(int[] ids) {
    for (int id : ids) {
      if (id < 0 || id >= tensor.rows()) {
        throw new IllegalArgumentException(
            "expected token ids from 0 to " + (tensor.rows() - 1) + ", found " + id);
      }
    }
  }

  /** Writes {@code float32 [ids, hidden]}. */
  void write(int[] ids, FloatBuffer target) {
    for (int id : ids) {
      Dequantizer.expand(tensor, id, id + 1, target);
    }
  }
}
