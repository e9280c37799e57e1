package io.edgeshard.runtime.session;

/**
 * How a session computes.
 *
 * @param threads within an operator, the calling one included
 * @param provider what computes
 */
public record SessionSettings(int threads, ExecutionProvider provider) {
  public SessionSettings {
    if (threads <= 0) {
      throw new IllegalArgumentException("expected at least 1 thread, found " + threads);
    }
  }
}
