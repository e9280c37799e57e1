package io.edgeshard.web.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgeshard.web.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The fields of a JSON object, each asked for with its type and range; null is the same as absent.
 * What does not fit is an {@link ApiException} that names the field by its path in the body.
 */
public final class JsonFields {
  private final ObjectNode object;
  private final String path;

  JsonFields(ObjectNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /** The value with this name; empty when absent or null. */
  public Optional<JsonNode> value(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  /** The whole path of a field, as errors name it. */
  public String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** True or false. */
  public boolean flag(String name, boolean otherwise) {
    return value(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrong(path(name), "true or false", value);
              }
              return value.booleanValue();
            })
        .orElse(otherwise);
  }

  /** A whole number within a range, both ends included. */
  public OptionalLong integer(String name, long least, long most) {
    return value(name)
        .map(value -> OptionalLong.of(integer(path(name), value, least, most)))
        .orElse(OptionalLong.empty());
  }

  /** A whole number within a range, both ends included. */
  public static long integer(String path, JsonNode value, long least, long most) {
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw wrong(path, "a whole number from " + least + " to " + most, value);
    }
    return value.longValue();
  }

  /** A number within a range. */
  public double number(String name, Range range, double otherwise) {
    return value(name).map(value -> number(path(name), value, range)).orElse(otherwise);
  }

  /** A number within a range. */
  public static double number(String path, JsonNode value, Range range) {
    if (!value.isNumber() || !range.contains(value.doubleValue())) {
      throw wrong(path, "a number " + range, value);
    }
    return value.doubleValue();
  }

  /** Some text. */
  public Optional<String> text(String name) {
    return value(name).map(value -> text(path(name), value));
  }

  /** Some text, of whole characters. */
  public static String text(String path, JsonNode value) {
    if (!value.isTextual()) {
      throw wrong(path, "a string", value);
    }
    String text = value.textValue();
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw ApiException.invalid(
          path, "expected whole characters in " + path + ", found half of a surrogate pair");
    }
    return text;
  }

  /** An object. */
  public Optional<JsonFields> object(String name) {
    return value(name).map(value -> object(path(name), value));
  }

  /** An object. */
  public static JsonFields object(String path, JsonNode value) {
    if (value instanceof ObjectNode object) {
      return new JsonFields(object, path);
    }
    throw wrong(path, "an object", value);
  }

  /** The entries of a list of up to so many; none when it is absent. */
  public List<JsonNode> list(String name, int most) {
    List<JsonNode> entries = new ArrayList<>();
    value(name)
        .ifPresent(
            value -> {
              if (!value.isArray()) {
                throw wrong(path(name), "a list", value);
              }
              if (value.size() > most) {
                throw ApiException.invalid(
                    path(name),
                    "expected "
                        + path(name)
                        + " to have up to "
                        + most
                        + " entries, found "
                        + value.size());
              }
              value.forEach(entries::add);
            });
    return entries;
  }

  /** What is there, or else the sentence that says what was expected. */
  public <T> T required(String name, String expected, Optional<T> value) {
    return value.orElseThrow(
        () ->
            ApiException.invalid(
                path(name), "expected " + path(name) + " to be " + expected + ", found nothing"));
  }

  /** Refuses fields of other names than these. */
  public void refuseOthersThan(String... names) {
    List<String> known = List.of(names);
    for (Map.Entry<String, JsonNode> entry : entries()) {
      if (!known.contains(entry.getKey())) {
        String expected = known.isEmpty() ? "no field at all" : String.join(", ", known);
        throw ApiException.invalid(
            path(entry.getKey()),
            "unknown_parameter",
            "expected "
                + expected
                + (path.isEmpty() ? "" : " in " + path)
                + ", found a field of another name");
      }
    }
  }

  /** All names and values, in the order they came. */
  public List<Map.Entry<String, JsonNode>> entries() {
    return new ArrayList<>(object.properties());
  }

  /** The sentence for a value that is not what was expected. */
  public static ApiException wrong(String path, String expected, JsonNode found) {
    return ApiException.invalid(
        path, "expected " + path + " to be " + expected + ", found " + describe(found));
  }

  /** What a value is, without telling any text. */
  public static String describe(JsonNode value) {
    if (value.isNumber() || value.isBoolean()) {
      return value.asText();
    }
    if (value.isTextual()) {
      return value.textValue().isEmpty() ? "an empty string" : "a string";
    }
    if (value.isArray()) {
      return value.isEmpty() ? "an empty list" : "a list";
    }
    return value.isObject() ? "an object" : value.isNull() ? "null" : "nothing";
  }

  /**
   * Numbers from one to another, both included.
   *
   * @param least the least
   * @param most the most
   */
  public record Range(double least, double most) {
    boolean contains(double value) {
      return value >= least && value <= most;
    }

    @Override
    public String toString() {
      return "from " + least + " to " + most;
    }
  }
}
