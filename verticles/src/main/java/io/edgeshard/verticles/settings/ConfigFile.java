package io.edgeshard.verticles.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.edgeshard.web.error.NearMatches;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The one configuration file: {@code key = value} lines, or YAML when its name says so.
 *
 * @param path where it is
 * @param values texts by the key of their setting
 */
public record ConfigFile(Path path, Map<String, String> values) {
  private static final String YAML_FORM = "a YAML mapping of key: value";
  private static final List<String> DEFAULT_NAMES =
      List.of("config.properties", "config.yaml", "config.yml");

  public ConfigFile {
    values = Map.copyOf(values);
  }

  /** The file in the user's folder, if there is one. */
  static Optional<Path> find(Path folder) {
    return DEFAULT_NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  /** Reads a file in which only {@code known} keys may be. */
  static ConfigFile open(Path path, Collection<String> known) {
    if (!Files.isRegularFile(path)) {
      throw new SettingsException(
          "expected a configuration file at "
              + path
              + ", found none: correct --config or EDGESHARD_CONFIG");
    }
    Map<String, String> values = isYaml(path) ? readYaml(path) : readProperties(path);
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw new SettingsException(unknown(path, key, known));
      }
    }
    return new ConfigFile(path, values);
  }

  private static boolean isYaml(Path path) {
    String name = path.toString();
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static Map<String, String> readProperties(Path path) {
    Properties properties = new Properties();
    try (Reader reader = new StringReader(readText(path))) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(path, "lines of key = value", String.valueOf(e.getMessage()));
    }
    Map<String, String> values = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }

  private static Map<String, String> readYaml(Path path) {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      JsonNode tree = new ObjectMapper(new YAMLFactory()).readTree(readText(path));
      boolean empty = tree.isMissingNode() || tree.isNull();
      if (!empty && !tree.isObject()) {
        throw unreadable(path, YAML_FORM, tree.toString());
      }
      tree.fields().forEachRemaining(e -> values.put(e.getKey(), text(path, e)));
      return values;
    } catch (JacksonException e) {
      throw unreadable(path, YAML_FORM, e.getOriginalMessage().replaceAll("\\s+", " "));
    }
  }

  private static String text(Path path, Map.Entry<String, JsonNode> entry) {
    JsonNode value = entry.getValue();
    if (value.isArray()) {
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(item.asText()));
      return String.join(",", items);
    }
    if (!value.isValueNode() || value.isNull()) {
      throw unreadable(path, "one value for '" + entry.getKey() + "'", value.toString());
    }
    return value.asText();
  }

  private static String readText(Path path) {
    try {
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw unreadable(path, "UTF-8 text", "other bytes");
    } catch (IOException e) {
      throw unreadable(path, "a file this user may read", e.toString());
    }
  }

  private static SettingsException unreadable(Path path, String expected, String found) {
    return new SettingsException(path + ": expected " + expected + ", found " + found);
  }

  private static String unknown(Path path, String key, Collection<String> known) {
    List<String> near = NearMatches.of(key, known);
    String advice =
        near.isEmpty()
            ? "known keys are " + known.stream().sorted().collect(Collectors.joining(", "))
            : "did you mean " + String.join(" or ", near) + "?";
    return path + ": expected only known keys, found '" + key + "': " + advice;
  }
}
