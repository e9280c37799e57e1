package io.edgeshard.verticles.protocol;

import java.util.UUID;

/**
 * One request's tokens and KV cache.
 *
 * @param value unique over all nodes
 */
public record SequenceId(UUID value) {
  /** A new one. */
  public static SequenceId random() {
    return new SequenceId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
