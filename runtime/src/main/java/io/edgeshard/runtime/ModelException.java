package io.edgeshard.runtime;

/**
 * A model that cannot be read, built or run here. The message is one sentence for people: what was
 * expected, what was found, what to do.
 */
public class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
