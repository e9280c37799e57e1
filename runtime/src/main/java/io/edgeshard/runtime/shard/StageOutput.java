package io.edgeshard.runtime.shard;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** What leaves a shard after one step. Buffers are valid until the shard's next step. */
public sealed interface StageOutput {
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
   * @param rows for how many of the step's last tokens: 0, 1 or all, as {@link LogitRows} asked
   * @param values {@code float32 [rows, vocabulary]}
   */
  record Logits(int rows, FloatBuffer values) implements StageOutput {}
}
