package io.edgeshard.runtime.chat;

/**
 * A chat that the model's template does not take, as one whose roles do not alternate. The message
 * is the template's own.
 */
public final class ChatRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ChatRefusedException(String message) {
    super(message);
  }

  ChatRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
