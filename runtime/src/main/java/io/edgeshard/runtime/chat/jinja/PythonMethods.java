package io.edgeshard.runtime.chat.jinja;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jinjava.javax.el.ELException;
import jinjava.javax.el.MethodNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * The methods of Python's texts, lists and mappings that templates call; none changes its value.
 */
final class PythonMethods {
  /** What a reversed slice is called once {@link TemplateSource} has rewritten it. */
  static final String REVERSED = "reversed";

  private PythonMethods() {}

  static @Nullable Object call(Object base, String method, @Nullable Object[] arguments) {
    if (base instanceof CharSequence text) {
      return ofText(text.toString(), method, arguments);
    }
    if (base instanceof Map<?, ?> map) {
      return ofMap(map, method, arguments);
    }
    if (base instanceof List<?> list && method.equals(REVERSED)) {
      List<@Nullable Object> reversed = new ArrayList<>(list);
      Collections.reverse(reversed);
      return reversed;
    }
    throw unknown(method);
  }

  private static @Nullable Object ofMap(
      Map<?, ?> map, String method, @Nullable Object[] arguments) {
    return switch (method) {
      case "items" ->
          map.entrySet().stream()
              .map(entry -> Arrays.asList(entry.getKey(), entry.getValue()))
              .toList();
      case "keys" -> List.copyOf(map.keySet());
      case "values" -> new ArrayList<>(map.values());
      case "get" -> {
        Object value = map.get(String.valueOf(argument(arguments, 0)));
        yield value == null ? argument(arguments, 1) : value;
      }
      default -> throw unknown(method);
    };
  }

  private static Object ofText(String text, String method, @Nullable Object[] arguments) {
    return switch (method) {
      case "strip" -> PythonValues.strip(text, string(arguments, 0), true, true);
      case "lstrip" -> PythonValues.strip(text, string(arguments, 0), true, false);
      case "rstrip" -> PythonValues.strip(text, string(arguments, 0), false, true);
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "title" -> title(text);
      case "capitalize" -> capitalized(text);
      case "startswith" -> text.startsWith(required(method, arguments, 0));
      case "endswith" -> text.endsWith(required(method, arguments, 0));
      case "find" -> text.indexOf(required(method, arguments, 0));
      case "replace" ->
          text.replace(required(method, arguments, 0), required(method, arguments, 1));
      case "split" -> split(text, string(arguments, 0), limit(arguments));
      case "join" -> join(text, argument(arguments, 0));
      case REVERSED -> new StringBuilder(text).reverse().toString();
      default -> throw unknown(method);
    };
  }

  private static String title(String text) {
    StringBuilder title = new StringBuilder();
    boolean inWord = false;
    for (int point : text.codePoints().toArray()) {
      title.appendCodePoint(inWord ? Character.toLowerCase(point) : Character.toTitleCase(point));
      inWord = Character.isLetter(point);
    }
    return title.toString();
  }

  private static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.ROOT)
        + text.substring(first).toLowerCase(Locale.ROOT);
  }

  private static List<String> split(String text, @Nullable String separator, int limit) {
    if (separator == null) {
      String stripped = PythonValues.strip(text, null, true, true);
      return stripped.isEmpty()
          ? List.of()
          : List.of(stripped.split("[\\s\\p{Z}\\x1c-\\x1f\\x85]+", limit));
    }
    if (separator.isEmpty()) {
      throw new ELException("'split' needs a separator that is not empty");
    }
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(separator);
        end >= 0 && (limit < 0 || parts.size() < limit - 1);
        end = text.indexOf(separator, start)) {
      parts.add(text.substring(start, end));
      start = end + separator.length();
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** How many parts a text may be split into: one more than Python's argument says; -1 for any. */
  private static int limit(@Nullable Object[] arguments) {
    return argument(arguments, 1) instanceof Number cuts && cuts.intValue() >= 0
        ? cuts.intValue() + 1
        : -1;
  }

  private static String join(String separator, @Nullable Object parts) {
    if (!(parts instanceof List<?> list)) {
      throw new ELException("'join' needs a list");
    }
    return list.stream().map(String::valueOf).collect(Collectors.joining(separator));
  }

  private static @Nullable Object argument(@Nullable Object[] arguments, int index) {
    return index < arguments.length ? arguments[index] : null;
  }

  private static @Nullable String string(@Nullable Object[] arguments, int index) {
    Object value = argument(arguments, index);
    return value == null ? null : value.toString();
  }

  private static String required(String method, @Nullable Object[] arguments, int index) {
    String value = string(arguments, index);
    if (value == null) {
      throw new ELException("'" + method + "' needs another argument");
    }
    return value;
  }

  private static MethodNotFoundException unknown(String method) {
    return new MethodNotFoundException("no method '" + method + "' is known here");
  }
}
