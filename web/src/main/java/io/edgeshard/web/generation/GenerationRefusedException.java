package io.edgeshard.web.generation;

/** A request that is not admitted; nothing of it is left. */
public final class GenerationRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  public GenerationRefusedException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** Why a request is not admitted. */
  public enum Reason {
    /** There is no such model. */
    UNKNOWN_MODEL,
    /** Prompt (and what is asked for) is longer than the context. */
    CONTEXT_LENGTH_EXCEEDED,
    /** Something in the request that only the generator can judge is wrong. */
    INVALID,
    /** The cluster cannot answer now; the message says why. */
    NOT_READY,
    /** Too many requests at once; later it will do. */
    OVERLOADED
  }
}
