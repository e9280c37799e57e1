package io.edgeshard.verticles.local.node;

/** A node that could not be started or kept, told in one sentence. */
public final class NodeStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong and what to do, in {@code sentence}. */
  public NodeStartException(String sentence) {
    super(sentence);
  }

  /** What went wrong and what to do, in {@code sentence}, and what caused it. */
  public NodeStartException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
