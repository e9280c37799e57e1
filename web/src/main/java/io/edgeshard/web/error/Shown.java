package io.edgeshard.web.error;

/** What somebody sent, as far as a sentence has room for it. */
public final class Shown {
  private static final int REPLACEMENT = '\uFFFD';

  private Shown() {}

  /** The text without control characters, and no more than so many characters of it. */
  public static String of(String text, int most) {
    String shown =
        text.codePoints()
            .limit(most)
            .map(character -> Character.isISOControl(character) ? REPLACEMENT : character)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return text.codePointCount(0, text.length()) > most ? shown + "…" : shown;
  }
}
