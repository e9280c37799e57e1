package io.edgeshard.verticles.planning.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgeshard.planner.cluster.TimeCurve;
import io.edgeshard.verticles.planning.Names;
import io.edgeshard.verticles.settings.ByteSize;
import io.edgeshard.verticles.settings.SettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a mapping in a file, each asked for with its type and range. */
final class FileFields {
  private final FilePlaces places;
  private final String pointer;
  private final ObjectNode object;

  FileFields(FilePlaces places, String pointer, ObjectNode object) {
    this.places = places;
    this.pointer = pointer;
    this.object = object;
  }

  /** Refuses every field whose name is not among these. */
  FileFields only(List<String> known) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (!known.contains(entry.getKey())) {
        throw unknown(entry.getKey(), "only known fields", entry.getKey(), known);
      }
    }
    return this;
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  Optional<String> text(String name) {
    return value(name)
        .map(
            value -> {
              if (!value.isValueNode() || value.asText().isBlank()) {
                throw fault(name, "'%s' to be text".formatted(name), describe(value));
              }
              return value.asText().strip();
            });
  }

  String neededText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  boolean flag(String name) {
    return value(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw fault(name, "'%s' to be true or false".formatted(name), describe(value));
              }
              return value.booleanValue();
            })
        .orElse(false);
  }

  /** A whole number from {@code least} on. */
  Optional<Integer> count(String name, int least) {
    return value(name)
        .map(
            value -> {
              if (!value.canConvertToInt()
                  || !value.isIntegralNumber()
                  || value.intValue() < least) {
                throw fault(
                    name,
                    "'%s' to be a whole number of %d or more".formatted(name, least),
                    describe(value));
              }
              return value.intValue();
            });
  }

  /** A finite number above 0. */
  OptionalDouble positive(String name) {
    return number(name, "above 0", number -> number > 0);
  }

  /** A finite number of 0 or more. */
  OptionalDouble notNegative(String name) {
    return number(name, "of 0 or more", number -> number >= 0);
  }

  private OptionalDouble number(String name, String range, Function<Double, Boolean> isIn) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    double number = value.get().isNumber() ? value.get().doubleValue() : Double.NaN;
    if (!Double.isFinite(number) || !isIn.apply(number)) {
      throw fault(
          name, "'%s' to be a finite number %s".formatted(name, range), describe(value.get()));
    }
    return OptionalDouble.of(number);
  }

  /** An amount of memory. */
  OptionalLong bytes(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(ByteSize.parse(text.get()));
    } catch (IllegalArgumentException e) {
      throw fault(
          name, "'%s' to be a size such as 512m or 29g".formatted(name), "'" + text.get() + "'");
    }
  }

  /**
   * Times by row count: a mapping of row counts to milliseconds, or one number.
   *
   * @param line the curve that a single number means
   */
  Optional<TimeCurve> curve(String name, Function<Double, TimeCurve> line) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof ObjectNode) {
      FileFields points = fields(name);
      List<TimeCurve.Point> curve = new ArrayList<>();
      for (Map.Entry<String, JsonNode> point : points.object.properties()) {
        curve.add(new TimeCurve.Point(points.rows(point.getKey()), points.ms(point.getKey())));
      }
      if (curve.isEmpty()) {
        throw fault(name, "'%s' to have a time for a row count".formatted(name), "none");
      }
      return Optional.of(new TimeCurve(curve));
    }
    return Optional.of(line.apply(ms(name)));
  }

  private int rows(String name) {
    if (!name.matches("[1-9][0-9]{0,8}")) {
      throw fault(name, "a row count such as 1 or 128 before the colon", "'" + name + "'");
    }
    return Integer.parseInt(name);
  }

  private double ms(String name) {
    return notNegative(name).orElseThrow(() -> missing(name));
  }

  /** A mapping; one without fields when it is not there. */
  FileFields fields(String name) {
    return value(name)
        .map(value -> mapping(value, pointer + "/" + escaped(name), "'" + name + "'"))
        .orElseGet(() -> new FileFields(places, pointer, object.objectNode()));
  }

  /** The names in this mapping. */
  List<String> names() {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  /** A list of mappings. */
  List<FileFields> items(String name) {
    List<FileFields> items = new ArrayList<>();
    String path = pointer + "/" + escaped(name);
    for (JsonNode item : list(name)) {
      String at = path + "/" + items.size();
      items.add(mapping(item, at, "every entry of '" + name + "'"));
    }
    return items;
  }

  /** A list of texts. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list(name)) {
      if (!item.isValueNode() || item.asText().isBlank()) {
        throw fault(name, "every entry of '%s' to be text".formatted(name), describe(item));
      }
      texts.add(item.asText().strip());
    }
    return texts;
  }

  /** The sentence for a field whose value is not what was expected. */
  SettingsException fault(String name, String expected, String found) {
    return places.fault(pointer + "/" + escaped(name), expected, found);
  }

  /** The sentence for a field that names something unknown. */
  SettingsException unknown(String field, String expected, String name, List<String> known) {
    return fault(field, expected, Names.found(name, known));
  }

  /** The sentence for this mapping, which is not what was expected. */
  SettingsException fault(String expected, String found) {
    return places.fault(pointer, expected, found);
  }

  SettingsException missing(String name) {
    return fault("a field '%s'".formatted(name), "none");
  }

  /** What a value is, as it was written when that is short. */
  static String describe(@Nullable JsonNode value) {
    if (value == null || value.isMissingNode() || value.isNull()) {
      return "nothing";
    }
    return value.isValueNode()
        ? "'" + value.asText() + "'"
        : value.isArray() ? "a list" : "a mapping";
  }

  private FileFields mapping(JsonNode value, String at, String what) {
    if (value instanceof ObjectNode mapping) {
      return new FileFields(places, at, mapping);
    }
    throw places.fault(at, what + " to be a mapping of fields", describe(value));
  }

  private Iterable<JsonNode> list(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isArray()) {
      throw fault(name, "'%s' to be a list".formatted(name), describe(value.get()));
    }
    return value.orElseGet(object::arrayNode);
  }

  private Optional<JsonNode> value(String name) {
    return object.hasNonNull(name) ? Optional.of(object.get(name)) : Optional.empty();
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
