package io.edgeshard.web.sse;

/** Whoever makes events, told how fast the reader takes them. */
public interface ReaderPace {
  /** The reader is behind: make nothing new until {@link #resume()}. */
  void pause();

  /** The reader has caught up. */
  void resume();
}
