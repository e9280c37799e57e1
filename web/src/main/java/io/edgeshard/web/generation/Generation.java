package io.edgeshard.web.generation;

/** An answer being made. All methods may be called again and after its end, then without effect. */
public interface Generation {
  /** Tokens of the prompt. */
  int promptTokens();

  /** Ends it; frees what it holds everywhere; no further event comes. */
  void cancel();

  /** Asks for no further tokens until {@link #resume()}: the reader is slow. */
  void pause();

  /** Goes on after {@link #pause()}. */
  void resume();
}
