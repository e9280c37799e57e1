package io.edgeshard.runtime.tokenizer;

import java.util.List;

/**
 * The gate that an answer's text passes until a stop string is found in it. Text that may still
 * turn out to begin a stop string waits; what went through never has to be taken back. The stop
 * string that begins first wins, and neither it nor anything after it goes through. How the text is
 * cut into pieces makes no difference. Not thread-safe.
 */
public final class StopStrings {
  private final List<String> stops;
  private String waiting = "";
  private boolean found;

  /**
   * A gate for one answer.
   *
   * @param stops none of them empty
   */
  public StopStrings(List<String> stops) {
    this.stops = List.copyOf(stops);
    if (stops.contains("")) {
      throw new IllegalArgumentException("expected stop strings with text, found an empty one");
    }
  }

  /** Adds text and returns what may go through. */
  public String accept(String text) {
    if (found) {
      return "";
    }
    waiting += text;
    int stop = firstStop();
    int undecided = firstUndecided();
    if (stop < undecided) {
      return stopAt(stop);
    }
    String through = waiting.substring(0, undecided);
    waiting = waiting.substring(undecided);
    return through;
  }

  /** Ends the text and returns what had to wait. */
  public String flush() {
    int stop = firstStop();
    if (stop < waiting.length()) {
      return stopAt(stop);
    }
    String rest = waiting;
    waiting = "";
    return rest;
  }

  /** Whether a stop string was found: the answer is at its end. */
  public boolean isFound() {
    return found;
  }

  private String stopAt(int index) {
    String through = waiting.substring(0, index);
    waiting = "";
    found = true;
    return through;
  }

  /** Where the first whole stop string begins, or the end. */
  private int firstStop() {
    return stops.stream()
        .mapToInt(waiting::indexOf)
        .filter(index -> index >= 0)
        .min()
        .orElse(waiting.length());
  }

  /** Where the first text begins that may become a stop string, or the end. */
  private int firstUndecided() {
    int longest = stops.stream().mapToInt(String::length).max().orElse(0);
    for (int i = Math.max(0, waiting.length() - longest + 1); i < waiting.length(); i++) {
      String tail = waiting.substring(i);
      if (stops.stream().anyMatch(stop -> stop.length() > tail.length() && stop.startsWith(tail))) {
        return i;
      }
    }
    return waiting.length();
  }
}
