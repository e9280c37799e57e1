package io.edgeshard.verticles.cli.terminal;

import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.verticles.settings.Setting;
import io.edgeshard.verticles.settings.SettingSources;
import io.edgeshard.verticles.settings.Settings;
import io.edgeshard.verticles.settings.UserFolders;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The flags of settings: put on a command from the table, read back from what was typed. */
public final class SettingFlags {
  private static final String CONFIG = "--config";

  private SettingFlags() {}

  /** Gives a command the flags of {@code settings} and {@code --config}. */
  static void addTo(CommandSpec command, List<Setting<?>> settings) {
    addTo(command, settings, Map.of());
  }

  /** The same, where this command has other defaults than the usual. */
  public static void addTo(
      CommandSpec command, List<Setting<?>> settings, Map<Setting<?>, String> defaults) {
    for (Setting<?> setting : settings) {
      String otherwise =
          Optional.ofNullable(defaults.get(setting))
              .or(setting::defaultText)
              .orElse(setting.defaultNote());
      command.addOption(
          builder(setting)
              .paramLabel(setting.label())
              .description(escaped(setting.description() + " Default: " + otherwise + "."))
              .build());
    }
    command.addOption(
        OptionSpec.builder(CONFIG)
            .paramLabel("FILE")
            .type(Path.class)
            .description(
                "Configuration file of key = value lines, or YAML, with the names of these flags"
                    + " as keys. Default: config.properties or config.yaml in"
                    + " ~/.config/edgeshard. A flag wins over its variable (EDGESHARD_PORT for"
                    + " --port), a variable over the file.")
            .build());
  }

  private static OptionSpec.Builder builder(Setting<?> setting) {
    OptionSpec.Builder builder = OptionSpec.builder(setting.flag());
    return switch (setting.typing()) {
      case ONCE -> builder.type(String.class);
      case AS_LIST -> builder.type(List.class).auxiliaryTypes(String.class);
      case AS_SWITCH -> builder.type(String.class).arity("0..1").fallbackValue("yes");
    };
  }

  private static String typed(ParseResult parsed, Setting<?> setting) {
    return setting.typing() == Setting.Typing.AS_LIST
        ? String.join(",", parsed.matchedOptionValue(setting.flag(), List.<String>of()))
        : parsed.matchedOptionValue(setting.flag(), "");
  }

  /** The flags of settings that were typed, by key. */
  public static Map<String, String> typed(ParseResult parsed) {
    Map<String, String> flags = new LinkedHashMap<>();
    for (Setting<?> setting : NodeSettings.ALL) {
      if (parsed.hasMatchedOption(setting.flag())) {
        flags.put(setting.key(), typed(parsed, setting));
      }
    }
    return flags;
  }

  /** What was typed, completed from environment, file and defaults. */
  public static Settings resolve(
      ParseResult parsed,
      Map<String, String> environment,
      UserFolders folders,
      Map<Setting<?>, String> defaults) {
    SettingSources sources =
        SettingSources.open(typed(parsed), environment, config(parsed), folders);
    return Settings.resolve(sources, defaults);
  }

  /** The configuration file that was named. */
  public static Optional<Path> config(ParseResult parsed) {
    return parsed.hasMatchedOption(CONFIG)
        ? Optional.ofNullable(parsed.matchedOptionValue(CONFIG, (Path) null))
        : Optional.empty();
  }

  private static String escaped(String description) {
    return description.replace("%", "%%").replace("@", "@@");
  }
}
