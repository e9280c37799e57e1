package io.edgeshard.runtime.shard;

import java.nio.ByteBuffer;

/** What enters a shard in one step: the rows of its spans, one after the other. */
public sealed interface StageInput {
  /**
   * Into the first shard.
   *
   * @param ids token ids of all rows
   */
  @SuppressWarnings("ArrayRecordComponent") // a hot path value, never compared
  record TokenIds(int... ids) implements StageInput {}

  /**
   * Into any other shard.
   *
   * @param values {@code float32 [rows, hidden]}, little-endian, from position to limit; read
   *     before the step returns
   */
  record HiddenStates(ByteBuffer values) implements StageInput {}
}
