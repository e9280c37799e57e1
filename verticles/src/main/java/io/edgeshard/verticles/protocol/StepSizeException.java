package io.edgeshard.verticles.protocol;

/** A step whose payload has another size than it must have; the message is one sentence. */
public final class StepSizeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StepSizeException(String message) {
    super(message);
  }
}
