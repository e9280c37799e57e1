package io.edgeshard.web.error;

/** Faults of the program, made fit for the log. */
public final class Faults {
  private Faults() {}

  /** Kind and place of a fault without its words, which may hold a prompt or an answer. */
  public static Throwable withoutWords(Throwable fault) {
    Throwable place = new Throwable(fault.getClass().getName());
    place.setStackTrace(fault.getStackTrace());
    Throwable cause = fault.getCause();
    if (cause != null && cause != fault) {
      place.initCause(withoutWords(cause));
    }
    return place;
  }
}
