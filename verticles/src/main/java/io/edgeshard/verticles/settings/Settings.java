package io.edgeshard.verticles.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All settings of a process, each with its origin, every one of them readable. */
public final class Settings {
  private final Map<String, SettingValue> values;

  private Settings(Map<String, SettingValue> values) {
    this.values = values;
  }

  /** Takes each setting from the place that wins; other defaults than the usual can be given. */
  public static Settings resolve(SettingSources sources, Map<Setting<?>, String> defaults) {
    Map<String, SettingValue> values = new LinkedHashMap<>();
    for (Setting<?> setting : NodeSettings.ALL) {
      Optional<SettingValue> value =
          sources
              .find(setting)
              .or(() -> Optional.ofNullable(defaults.get(setting)).map(Settings::byDefault))
              .or(() -> setting.defaultText().map(Settings::byDefault));
      value.ifPresent(
          found -> {
            setting.read(found.text(), found.origin());
            values.put(setting.key(), found);
          });
    }
    return new Settings(values);
  }

  private static SettingValue byDefault(String text) {
    return new SettingValue(text, Origin.DEFAULT);
  }

  /** The value of a setting that has a default. */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new IllegalArgumentException(setting.key() + " has no default"));
  }

  /** The value of a setting, if there is one. */
  public <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable(values.get(setting.key()))
        .map(value -> setting.read(value.text(), value.origin()));
  }

  /** Where a setting was set; {@link Origin#DEFAULT} when nobody did. */
  public Origin origin(Setting<?> setting) {
    SettingValue value = values.get(setting.key());
    return value == null ? Origin.DEFAULT : value.origin();
  }

  /** Where a setting was set, for an error about its value: the default is named by its flag. */
  public String place(Setting<?> setting) {
    Origin origin = origin(setting);
    return origin.kind() == Origin.Kind.DEFAULT ? setting.flag() : origin.place();
  }

  /** The same as {@link #all}, with what the program found for settings that nobody set. */
  public Map<String, SettingValue> allWithDefaults(Map<Setting<?>, String> found) {
    Map<String, SettingValue> all = new LinkedHashMap<>();
    for (Setting<?> setting : NodeSettings.ALL) {
      SettingValue value = values.get(setting.key());
      String text = found.get(setting);
      if (text != null && origin(setting).kind() == Origin.Kind.DEFAULT) {
        all.put(setting.key(), byDefault(text));
      } else if (value != null) {
        all.put(setting.key(), value);
      }
    }
    return Collections.unmodifiableMap(all);
  }

  /** Every setting with a value, in the order of the table, by key. */
  public Map<String, SettingValue> all() {
    return Collections.unmodifiableMap(values);
  }
}
