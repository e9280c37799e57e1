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
  void check(int[] ids, int first, int count) {
    for (int i = first; i < first + count; i++) {
      if (ids[i] < 0 || ids[i] >= tensor.rows()) {
        throw new IllegalArgumentException(
            "expected token ids from 0 to " + (tensor.rows() - 1) + ", found " + ids[i]);
      }
    }
  }

  /** Writes {@code float32 [count, hidden]}. */
  void write(int[] ids, int first, int count, FloatBuffer target) {
    for (int i = first; i < first + count; i++) {
      Dequantizer.expand(tensor, ids[i], ids[i] + 1, target);
    }
  }
}
