package io.edgeshard.verticles.local;

import static io.edgeshard.verticles.settings.NodeSettings.API_KEY_FILE;

import io.edgeshard.verticles.settings.Settings;
import io.edgeshard.verticles.settings.SettingsException;
import io.edgeshard.web.guard.ApiKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a server has its API keys from: a file, one a line, or the variable {@value #VARIABLE}. */
final class ApiKeyFile {
  /** Gives the key itself. */
  static final String VARIABLE = "EDGESHARD_API_KEY";

  private static final int SHORTEST = 16;

  private ApiKeyFile() {}

  /** The keys that these settings name; none where they name none. */
  static ApiKeys read(Settings settings, Map<String, String> environment) {
    Optional<Path> file = settings.find(API_KEY_FILE);
    if (file.isPresent()) {
      return ApiKeys.of(keys(settings.place(API_KEY_FILE), text(file.get())));
    }
    String key = environment.getOrDefault(VARIABLE, "").strip();
    return key.isEmpty() ? ApiKeys.NONE : ApiKeys.of(keys(VARIABLE + " in the environment", key));
  }

  private static String text(Path file) {
    try {
      return SecretFile.read(file);
    } catch (IOException unreadable) {
      throw new SettingsException(
          "expected a file of API keys at %s, one a line, found: %s".formatted(file, unreadable));
    }
  }

  private static List<String> keys(String place, String text) {
    List<String> keys =
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
            .toList();
    if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length() < SHORTEST)) {
      throw new SettingsException(
          "%s: expected API keys of at least %d characters, one a line, found %s: 'openssl rand -hex 24' makes one"
              .formatted(place, SHORTEST, keys.isEmpty() ? "none" : "a shorter one"));
    }
    return keys;
  }
}
