package io.edgeshard.verticles.local;

import io.edgeshard.verticles.settings.SettingSources;
import io.edgeshard.verticles.settings.Settings;
import io.edgeshard.verticles.settings.UserFolders;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Settings of a user who has nothing but one folder of the test's. */
public final class TestFolders {
  /** An environment that has a join token. */
  public static final Map<String, String> TOKEN =
      Map.of(Secrets.VARIABLE, "0123456789abcdef0123456789abcdef");

  private TestFolders() {}

  /** The user's folders. */
  public static UserFolders in(Path folder) {
    return new UserFolders(
        folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
  }

  /** What some flags are resolved to. */
  public static Settings settings(Path folder, Map<String, String> flags) {
    return Settings.resolve(
        SettingSources.open(flags, Map.of(), Optional.empty(), in(folder)), Map.of());
  }
}
