package io.edgeshard.verticles.settings;

/**
 * Where a value was set.
 *
 * @param kind which of the places
 * @param place the flag, the variable, or the file and key; empty for a default
 */
public record Origin(Kind kind, String place) {
  /** The places, in the order in which they win. */
  public enum Kind {
    /** The command line. */
    FLAG,
    /** The environment. */
    ENVIRONMENT,
    /** The configuration file. */
    FILE,
    /** Nobody set it, but the model's file says what is best for it. */
    MODEL,
    /** Nobody set it. */
    DEFAULT
  }

  /** Nobody set it. */
  public static final Origin DEFAULT = new Origin(Kind.DEFAULT, "");

  @Override
  public String toString() {
    return kind == Kind.DEFAULT ? "default" : place;
  }
}
