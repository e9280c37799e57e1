package io.edgeshard.verticles.stage;

import io.edgeshard.verticles.protocol.FailureCode;

/** Something that a stage was asked and will not do; the message is one sentence. */
public final class StageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final FailureCode code;

  public StageException(FailureCode code, String message) {
    super(message);
    this.code = code;
  }

  /** What the asker may do about it. */
  public FailureCode code() {
    return code;
  }
}
