package io.edgeshard.verticles.protocol;

/**
 * When a stage computed a step, by its own clock.
 *
 * @param startNanos when computation began
 * @param endNanos when it ended
 */
public record StageTrace(long startNanos, long endNanos) {
  /** How long it computed. */
  public long nanos() {
    return endNanos - startNanos;
  }
}
