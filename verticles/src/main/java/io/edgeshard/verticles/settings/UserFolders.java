package io.edgeshard.verticles.settings;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where a user's files belong: the XDG folders, on Windows those under {@code LOCALAPPDATA}.
 *
 * @param config what the user writes
 * @param state run files and logs
 * @param cache what can be fetched again
 */
public record UserFolders(Path config, Path state, Path cache) {
  private static final String APPLICATION = "edgeshard";

  /** Those of the user who runs this process. */
  public static UserFolders ofThisUser() {
    return of(System.getenv(), System.getProperty("user.home", "."), System.getProperty("os.name"));
  }

  static UserFolders of(Map<String, String> environment, String home, String operatingSystem) {
    String local = environment.getOrDefault("LOCALAPPDATA", "");
    if (operatingSystem.toLowerCase(Locale.ROOT).startsWith("windows") && !local.isEmpty()) {
      Path folder = Path.of(local, APPLICATION);
      return new UserFolders(
          folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
    }
    return new UserFolders(
        folder(environment, "XDG_CONFIG_HOME", Path.of(home, ".config")),
        folder(environment, "XDG_STATE_HOME", Path.of(home, ".local", "state")),
        folder(environment, "XDG_CACHE_HOME", Path.of(home, ".cache")));
  }

  /** The XDG rules: a relative path in the variable counts as none. */
  private static Path folder(Map<String, String> environment, String variable, Path otherwise) {
    String given = environment.getOrDefault(variable, "");
    Path base = given.isEmpty() || !Path.of(given).isAbsolute() ? otherwise : Path.of(given);
    return base.resolve(APPLICATION);
  }
}
