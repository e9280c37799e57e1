package io.edgeshard.web.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.json.JsonFields;
import io.edgeshard.web.json.JsonFields.Range;
import io.edgeshard.web.plan.WhatIf.AddedDevice;
import io.edgeshard.web.plan.WhatIf.ChangedLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From JSON to a change to think about; what is not known or makes no sense is refused by name. */
final class WhatIfReader {
  private static final List<String> OBJECTIVES =
      List.of("token-time", "request-time", "throughput", "energy");
  private static final int MOST_DEVICES = 64;
  private static final int MOST_NODES = 256;
  private static final int MOST_LINKS = 1024;
  private static final int MOST_TOKENS = 10_000_000;
  private static final int MOST_SEQUENCES = 100_000;
  private static final int LONGEST_NAME = 200;
  private static final Range RATE = new Range(0.001, 1_000_000);
  private static final Range LATENCY = new Range(0, 60_000);
  private static final Range FACTOR = new Range(0.0001, 10_000);

  private WhatIfReader() {}

  /** The change that a body describes. */
  static WhatIf read(JsonFields body) {
    body.refuseOthersThan(
        "objective",
        "planner",
        "add",
        "remove",
        "links",
        "model",
        "contextTokens",
        "sequences",
        "promptTokens",
        "newTokens",
        "allowSlower");
    return new WhatIf(
        objective(body),
        name(body, "planner").orElse(null),
        entries(body, "add", MOST_DEVICES, WhatIfReader::device),
        removed(body),
        entries(body, "links", MOST_LINKS, WhatIfReader::link),
        name(body, "model").orElse(null),
        count(body, "contextTokens", MOST_TOKENS),
        count(body, "sequences", MOST_SEQUENCES),
        count(body, "promptTokens", MOST_TOKENS),
        count(body, "newTokens", MOST_TOKENS),
        body.value("allowSlower").isEmpty() ? null : body.flag("allowSlower", false));
  }

  /** What a cluster is to plan for from now on, and who is to decide; nothing else may be said. */
  static WhatIf readWish(JsonFields body) {
    body.refuseOthersThan("objective", "planner");
    return WhatIf.wanting(objective(body), name(body, "planner").orElse(null));
  }

  private static @Nullable String objective(JsonFields body) {
    Optional<String> objective = body.text("objective");
    if (objective.isPresent() && !OBJECTIVES.contains(objective.get())) {
      throw ApiException.invalid(
          "objective",
          "expected objective to be " + String.join(", ", OBJECTIVES) + ", found another word");
    }
    return objective.orElse(null);
  }

  private static List<String> removed(JsonFields body) {
    List<String> nodes = new ArrayList<>();
    for (JsonNode entry : body.list("remove", MOST_NODES)) {
      String path = "remove[" + nodes.size() + "]";
      String node = name(path, JsonFields.text(path, entry));
      if (nodes.contains(node)) {
        throw ApiException.invalid(
            path, "expected each node once in remove, found " + path + " a second time");
      }
      nodes.add(node);
    }
    return nodes;
  }

  private static AddedDevice device(JsonFields fields) {
    fields.refuseOthersThan("device", "megabitsPerSecond", "latencyMs");
    return new AddedDevice(
        requiredName(fields, "device"),
        requiredNumber(fields, "megabitsPerSecond", RATE),
        requiredNumber(fields, "latencyMs", LATENCY));
  }

  private static ChangedLink link(JsonFields fields) {
    fields.refuseOthersThan("from", "to", "factor");
    String from = requiredName(fields, "from");
    String to = requiredName(fields, "to");
    if (from.equals(to)) {
      throw ApiException.invalid(
          fields.path("to"),
          "expected " + fields.path("to") + " to be another node, found the one it comes from");
    }
    return new ChangedLink(from, to, requiredNumber(fields, "factor", FACTOR));
  }

  private static <T> List<T> entries(
      JsonFields body, String name, int most, Function<JsonFields, T> read) {
    List<T> entries = new ArrayList<>();
    for (JsonNode entry : body.list(name, most)) {
      entries.add(read.apply(JsonFields.object(name + "[" + entries.size() + "]", entry)));
    }
    return entries;
  }

  private static @Nullable Integer count(JsonFields body, String name, int most) {
    OptionalLong count = body.integer(name, 1, most);
    return count.isPresent() ? (int) count.getAsLong() : null;
  }

  private static double requiredNumber(JsonFields fields, String name, Range range) {
    return fields.required(
        name,
        "a number " + range,
        fields.value(name).map(value -> JsonFields.number(fields.path(name), value, range)));
  }

  private static String requiredName(JsonFields fields, String name) {
    return fields.required(name, "a string", name(fields, name));
  }

  private static Optional<String> name(JsonFields fields, String name) {
    return fields.text(name).map(text -> name(fields.path(name), text));
  }

  private static String name(String path, String text) {
    if (text.isBlank() || text.length() > LONGEST_NAME) {
      throw ApiException.invalid(
          path,
          "expected "
              + path
              + " to have 1 to "
              + LONGEST_NAME
              + " characters, found "
              + (text.isBlank() ? "none" : Integer.toString(text.length())));
    }
    return text;
  }
}
