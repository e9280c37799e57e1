package io.edgeshard.runtime.chat.jinja;

/**
 * What a template says when it calls {@code raise_exception}: its variables are not to its mind.
 */
public final class RaisedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;

  RaisedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** What it says. */
  public String reason() {
    return reason;
  }
}
