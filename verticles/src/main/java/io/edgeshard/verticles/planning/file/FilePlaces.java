package io.edgeshard.verticles.planning.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.edgeshard.verticles.settings.SettingsException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where what stands in a file.
 *
 * @param file the file
 * @param lines the line of each value, counted from 1, by its JSON pointer
 */
record FilePlaces(Path file, Map<String, Integer> lines) {
  private static final long MOST_BYTES = 1L << 20;

  FilePlaces {
    lines = Map.copyOf(lines);
  }

  /** Reads a file that holds one YAML mapping or one JSON object. */
  static FileFields open(Path file) {
    FilePlaces nowhere = new FilePlaces(file, Map.of());
    String text = text(file, nowhere);
    boolean isJson = file.toString().endsWith(".json");
    String form = isJson ? "a JSON object" : "a YAML mapping of key: value";
    JsonFactory factory =
        (isJson ? JsonFactory.builder() : YAMLFactory.builder())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    try {
      JsonNode tree =
          JsonMapper.builder(factory)
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .build()
              .readTree(text);
      if (tree instanceof ObjectNode object) {
        return new FileFields(new FilePlaces(file, lines(factory, text)), "", object);
      }
      throw nowhere.fault("", form, FileFields.describe(tree));
    } catch (JsonProcessingException malformed) {
      throw new SettingsException(
          "%s%s: expected %s, found %s".formatted(file, line(malformed), form, reason(malformed)));
    } catch (IOException unreadable) {
      throw nowhere.fault("", "a file this user may read", unreadable.toString());
    }
  }

  /** The sentence for a value that is not what was expected. */
  SettingsException fault(String pointer, String expected, String found) {
    Integer line = lines.get(pointer);
    return new SettingsException(
        "%s%s: expected %s, found %s"
            .formatted(file, line == null ? "" : ", line " + line, expected, found));
  }

  private static String text(Path file, FilePlaces nowhere) {
    if (!Files.isRegularFile(file)) {
      throw nowhere.fault("", "a cluster file", "none there");
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw nowhere.fault("", "a cluster file of at most 1 MiB", Files.size(file) + " bytes");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw nowhere.fault("", "UTF-8 text", "other bytes");
    } catch (IOException e) {
      throw nowhere.fault("", "a file this user may read", e.toString());
    }
  }

  private static Map<String, Integer> lines(JsonFactory factory, String text) throws IOException {
    Map<String, Integer> lines = new HashMap<>();
    try (JsonParser parser = factory.createParser(text)) {
      while (parser.nextToken() != null) {
        lines.putIfAbsent(
            parser.getParsingContext().pathAsPointer().toString(),
            parser.currentTokenLocation().getLineNr());
      }
    }
    return lines;
  }

  private static String line(JsonProcessingException malformed) {
    return malformed.getLocation() == null ? "" : ", line " + malformed.getLocation().getLineNr();
  }

  private static String reason(JsonProcessingException malformed) {
    return malformed.getOriginalMessage().lines().findFirst().orElse("something else").strip();
  }
}
