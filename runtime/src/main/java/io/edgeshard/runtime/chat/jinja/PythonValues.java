package io.edgeshard.runtime.chat.jinja;

import com.hubspot.jinjava.el.TruthyTypeConverter;
import com.hubspot.jinjava.util.ObjectTruthValue;
import java.util.Collection;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Python says of values where the expression language says otherwise. */
final class PythonValues extends TruthyTypeConverter {
  private static final long serialVersionUID = 1;
  private static final char NEXT_LINE = '\u0085';

  @Override
  protected Boolean coerceToBoolean(@Nullable Object value) {
    return isTrue(value);
  }

  @Override
  protected String coerceToString(@Nullable Object value) {
    return text(value);
  }

  /** The value as text; what is undefined or none gives none. */
  static String text(@Nullable Object value) {
    return value == null ? "" : isText(value) ? value.toString() : written(value);
  }

  /** The value as one would write it in a template. */
  private static String written(@Nullable Object value) {
    if (value != null && isText(value)) {
      String escaped = value.toString().replace("\\", "\\\\").replace("\n", "\\n");
      return '\'' + escaped.replace("'", "\\'") + '\'';
    }
    if (value instanceof Collection<?> elements) {
      return elements.stream()
          .map(PythonValues::written)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> written(entry.getKey()) + ": " + written(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    return value == null ? "None" : value.toString();
  }

  /** Whether a condition holds; of texts, only the empty one is false. */
  static boolean isTrue(@Nullable Object value) {
    return value instanceof CharSequence text ? !text.isEmpty() : ObjectTruthValue.evaluate(value);
  }

  /** Whether two values are equal: a text never is what is none, numbers are by value. */
  static boolean areEqual(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return left == right;
    }
    if (isNumber(left) && isNumber(right)) {
      return number(left) == number(right);
    }
    return left.equals(right)
        || (isText(left) && isText(right) && left.toString().equals(right.toString()));
  }

  private static boolean isText(@Nullable Object value) {
    return value instanceof CharSequence || value instanceof Character;
  }

  private static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  private static double number(Object value) {
    return value instanceof Number number ? number.doubleValue() : value.equals(true) ? 1 : 0;
  }

  /**
   * The text without the given characters at its ends.
   *
   * @param characters null for whitespace
   */
  static String strip(String text, @Nullable String characters, boolean left, boolean right) {
    IntPredicate goes =
        characters == null ? PythonValues::isSpace : point -> characters.indexOf(point) >= 0;
    int start = 0;
    int end = text.length();
    while (left && start < end && goes.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && end > start && goes.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  static boolean isSpace(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point) || point == NEXT_LINE;
  }
}
