package io.edgeshard.runtime.shard;

import java.nio.ByteBuffer;

/** What enters a shard in one step: rows of one sequence at consecutive positions. */
public sealed interface StageInput {
  /** How many rows (tokens). */
  int rows();

  /**
   * Into the first shard.
   *
   * @param ids token ids, at least one
   */
  @SuppressWarnings("ArrayRecordComponent") // a hot path value, never compared
  record TokenIds(int[] ids) implements StageInput {
    @Override
    public int rows() {
      return ids.length;
    }
  }

  /**
   * Into any other shard.
   *
   * @param rows how many tokens
   * @param values {@code float32 [rows, hidden]}, little-endian, from position to limit; read
   *     before the step returns
   */
  record HiddenStates(int rows, ByteBuffer values) implements StageInput {}
}
