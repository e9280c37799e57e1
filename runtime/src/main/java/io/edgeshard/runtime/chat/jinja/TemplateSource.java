package io.edgeshard.runtime.chat.jinja;

import io.edgeshard.runtime.ModelException;

/**
 * A template's text, read as Jinja reads it, so that Jinjava need not know how: whitespace around
 * tags is taken out, comments are left out, and notation that Jinjava lacks is replaced.
 *
 * <p>The rules are those of Jinja's lexer with {@code trim_blocks} and {@code lstrip_blocks} on, as
 * the transformers library sets them. A newline after a statement or comment goes, and so does the
 * space in front of one that begins a line; {@code -} takes all whitespace on its side, {@code +}
 * keeps all. Of newlines at the template's end, one goes.
 */
final class TemplateSource {
  private final String source;
  private final StringBuilder rewritten = new StringBuilder();
  private int position;
  private boolean lineStarts = true;

  TemplateSource(String source) {
    String unix = source.replace("\r\n", "\n").replace('\r', '\n');
    this.source = unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix;
  }

  /** The text for the engine. */
  String rewritten() {
    while (position < source.length()) {
      int tag = nextTag();
      if (tag == source.length()) {
        appendText(source.substring(position));
        break;
      }
      appendText(textBefore(tag));
      position = tag + 2;
      skipSign();
      switch (source.charAt(tag + 1)) {
        case '#' -> skipComment(tag);
        case '{' -> copyTag(tag, "{{ ", "}}", " }}");
        default -> {
          if (!copyRaw(tag)) {
            copyTag(tag, "{% ", "%}", " %}");
          }
        }
      }
    }
    return rewritten.toString();
  }

  private int nextTag() {
    for (int i = source.indexOf('{', position); i >= 0; i = source.indexOf('{', i + 1)) {
      if (i + 1 < source.length() && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return source.length();
  }

  private String textBefore(int tag) {
    String text = source.substring(position, tag);
    char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : 0;
    if (sign == '-') {
      return PythonValues.strip(text, null, false, true);
    }
    if (sign == '+' || source.charAt(tag + 1) == '{') {
      return text;
    }
    int lineStart = text.lastIndexOf('\n') + 1;
    boolean isFirstOfLine =
        (lineStart > 0 || lineStarts)
            && text.substring(lineStart).codePoints().allMatch(PythonValues::isSpace);
    return isFirstOfLine ? text.substring(0, lineStart) : text;
  }

  private void skipSign() {
    if (position < source.length() && "+-".indexOf(source.charAt(position)) >= 0) {
      position++;
    }
  }

  private void skipComment(int tag) {
    int end = source.indexOf("#}", position);
    if (end < 0) {
      throw unclosed(tag);
    }
    closeTag(end, Math.max(position, end - 1), true);
  }

  /** Copies what is between two raw tags as text; false if the tag is another one. */
  private boolean copyRaw(int tag) {
    String begin = wordAt(position);
    if (!begin.equals("raw")) {
      return false;
    }
    int end = source.indexOf("%}", position);
    if (end < 0) {
      throw unclosed(tag);
    }
    closeTag(end, end - 1, false);
    int close = source.indexOf("{%", position);
    while (close >= 0 && !wordAt(afterSign(close + 2)).equals("endraw")) {
      close = source.indexOf("{%", close + 1);
    }
    int last = close < 0 ? -1 : source.indexOf("%}", close);
    if (last < 0) {
      throw unclosed(tag);
    }
    appendLiteral(textBefore(close));
    closeTag(last, last - 1, true);
    return true;
  }

  private int afterSign(int place) {
    return place < source.length() && "+-".indexOf(source.charAt(place)) >= 0 ? place + 1 : place;
  }

  private String wordAt(int place) {
    int start = place;
    while (start < source.length() && PythonValues.isSpace(source.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < source.length() && Character.isLetter(source.charAt(end))) {
      end++;
    }
    return source.substring(start, end);
  }

  /** Copies a tag's inside, up to its end outside of quotes and brackets. */
  private void copyTag(int tag, String begin, String end, String newEnd) {
    rewritten.append(begin);
    int depth = 0;
    while (position < source.length()) {
      char character = source.charAt(position);
      if (depth == 0 && source.startsWith(end, afterSign(position))) {
        int close = afterSign(position);
        if (close == position || "+-".indexOf(character) >= 0) {
          rewritten.append(newEnd);
          closeTag(close, position, end.equals("%}"));
          return;
        }
      }
      if (character == '\'' || character == '"') {
        copyString(tag, character);
        continue;
      }
      depth += copyNotation(character);
    }
    throw unclosed(tag);
  }

  private void copyString(int tag, char quote) {
    int end = position + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      throw unclosed(tag);
    }
    rewritten.append(source, position, end + 1);
    position = end + 1;
  }

  /**
   * Copies a character, or what begins with it and has to be said otherwise.
   *
   * @return by how much brackets are deeper than before
   */
  private int copyNotation(char character) {
    if (source.startsWith("[::-1]", position)) {
      rewritten.append('.').append(PythonMethods.REVERSED).append("()");
      position += "[::-1]".length();
      return 0;
    }
    rewritten.append(character);
    // the engine takes '{{' and '}}' for tags, and '+1' for a number with a sign of its own
    if ("{}+".indexOf(character) >= 0) {
      rewritten.append(' ');
    }
    position++;
    return "([{".indexOf(character) >= 0 ? 1 : ")]}".indexOf(character) >= 0 ? -1 : 0;
  }

  /**
   * Goes behind a tag's end.
   *
   * @param end where its two last characters are
   * @param sign where its sign is, if it has one
   * @param takesNewline whether a newline behind it goes
   */
  private void closeTag(int end, int sign, boolean takesNewline) {
    position = end + 2;
    char signCharacter = sign < end ? source.charAt(sign) : 0;
    if (signCharacter == '-') {
      while (position < source.length() && PythonValues.isSpace(source.charAt(position))) {
        position++;
      }
    } else if (signCharacter != '+'
        && takesNewline
        && position < source.length()
        && source.charAt(position) == '\n') {
      position++;
    }
    lineStarts = source.charAt(position - 1) == '\n';
  }

  private void appendText(String text) {
    // text that ends in '{' would make a tag of its own with what follows
    if (text.endsWith("{")) {
      rewritten.append(text, 0, text.length() - 1);
      appendLiteral("{");
    } else {
      rewritten.append(text);
    }
  }

  private void appendLiteral(String text) {
    rewritten.append("{{ '").append(text.replace("\\", "\\\\").replace("'", "\\'")).append("' }}");
  }

  private ModelException unclosed(int tag) {
    long line = 1 + source.substring(0, tag).chars().filter(character -> character == '\n').count();
    return new ModelException(
        "expected a chat template in which every tag is closed, found one at line %d that is not"
            .formatted(line));
  }
}
