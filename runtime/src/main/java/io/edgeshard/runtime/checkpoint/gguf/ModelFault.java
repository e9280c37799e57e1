package io.edgeshard.runtime.checkpoint.gguf;

import io.edgeshard.runtime.ModelException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Words for what is wrong with one model file: what was expected, what was found, what to do. */
public record ModelFault(Path file) {
  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{C}");
  private static final int MAX_QUOTE = 160;

  /** The file does not hold what a model file of this kind holds. */
  public ModelException damaged(String expected, String found) {
    return new ModelException(
        "expected "
            + printable(expected)
            + ", found "
            + printable(found)
            + ": "
            + file
            + " is damaged, get it again");
  }

  /** The file may be sound, but this program cannot run it. */
  public ModelException unsupported(String expected, String found, String advice) {
    return new ModelException(
        "expected "
            + printable(expected)
            + ", found "
            + printable(found)
            + " in "
            + file
            + ": "
            + advice);
  }

  /** Names come from the file: whatever they are, they must not play with a terminal or a log. */
  private static String printable(String text) {
    String shown = UNPRINTABLE.matcher(text).replaceAll("?");
    return shown.length() <= MAX_QUOTE ? shown : shown.substring(0, MAX_QUOTE) + "...";
  }
}
