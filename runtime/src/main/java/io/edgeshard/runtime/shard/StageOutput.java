package io.edgeshard.runtime.shard;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** What came of a span of a step. Buffers are valid until the shard's next step. */
public sealed interface StageOutput {
  /**
   * This, unless it failed.
   *
   * @throws RuntimeException the reason why it did
   */
  default StageOutput orThrow() {
    if (this instanceof Failed failed) {
      throw failed.reason();
    }
    return this;
  }

  /**
   * Out of any shard but the last.
   *
   * @param rows how many tokens
   * @param values {@code float32 [rows, hidden]}, little-endian, from position to limit
   */
  record HiddenStates(int rows, ByteBuffer values) implements StageOutput {}

  /**
   * Out of the last shard.
   *
   * @param rows for how many of the span's last tokens, as it asked
   * @param values {@code float32 [rows, vocabulary]}
   */
  record Logits(int rows, FloatBuffer values) implements StageOutput {}

  /**
   * Nothing: the slot holds what it held.
   *
   * @param reason an {@link IllegalArgumentException} for a span that cannot be computed here, a
   *     {@link io.edgeshard.runtime.ModelException} when the engine failed
   */
  record Failed(RuntimeException reason) implements StageOutput {}
}
