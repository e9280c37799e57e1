package io.edgeshard.verticles.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The places where settings are looked for, besides their defaults.
 *
 * @param flags texts given on the command line, by key
 * @param environment the variables of the process
 * @param file the configuration file, if there is one
 */
public record SettingSources(
    Map<String, String> flags, Map<String, String> environment, Optional<ConfigFile> file) {
  /** Names another configuration file than the one in the user's folder. */
  public static final String CONFIG_VARIABLE = "EDGESHARD_CONFIG";

  private static final List<String> KEYS = NodeSettings.ALL.stream().map(Setting::key).toList();

  public SettingSources {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  /**
   * Opens the configuration file that was named, else the one in the user's folder.
   *
   * @param named by {@code --config}
   */
  public static SettingSources open(
      Map<String, String> flags,
      Map<String, String> environment,
      Optional<Path> named,
      UserFolders folders) {
    Optional<Path> path =
        named
            .or(() -> Optional.ofNullable(environment.get(CONFIG_VARIABLE)).map(Forms::path))
            .or(() -> ConfigFile.find(folders.config()));
    return new SettingSources(flags, environment, path.map(p -> ConfigFile.open(p, KEYS)));
  }

  /**
   * What is said about a setting, by the place that wins; empty when nobody says anything. An empty
   * variable says nothing, as is the custom of shells.
   */
  Optional<SettingValue> find(Setting<?> setting) {
    return find(flags, setting.key(), Origin.Kind.FLAG, setting.flag())
        .or(
            () ->
                find(
                    environment,
                    setting.variable(),
                    Origin.Kind.ENVIRONMENT,
                    setting.variable() + " in the environment"))
        .or(
            () ->
                file.flatMap(
                    f ->
                        find(
                            f.values(),
                            setting.key(),
                            Origin.Kind.FILE,
                            setting.key() + " in " + f.path())));
  }

  private static Optional<SettingValue> find(
      Map<String, String> texts, String key, Origin.Kind kind, String place) {
    return Optional.ofNullable(texts.get(key))
        .filter(text -> kind != Origin.Kind.ENVIRONMENT || !text.isEmpty())
        .map(text -> new SettingValue(text, new Origin(kind, place)));
  }
}
