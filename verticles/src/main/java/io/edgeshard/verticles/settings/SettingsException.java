package io.edgeshard.verticles.settings;

/** A setting that cannot be used, in one sentence: expected, found, what to do. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error of the user's, told in {@code sentence}. */
  public SettingsException(String sentence) {
    super(sentence);
  }
}
