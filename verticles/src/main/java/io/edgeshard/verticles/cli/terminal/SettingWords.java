package io.edgeshard.verticles.cli.terminal;

import io.edgeshard.verticles.settings.ByteSize;
import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.verticles.settings.SettingValue;
import java.util.List;
import java.util.Map;

/** What is said about settings: each with its value and where it was set. */
public final class SettingWords {
  private SettingWords() {}

  /** The table of settings, by key. */
  public static List<String> table(Map<String, SettingValue> settings) {
    TextTable table = new TextTable();
    settings.forEach((key, value) -> table.row(key, shown(key, value), value.origin().toString()));
    return table.lines();
  }

  /** Sizes that a program chose are bytes; people read them in larger units. */
  private static String shown(String key, SettingValue value) {
    return key.equals(NodeSettings.MEMORY.key())
        ? ByteSize.format(ByteSize.parse(value.text()))
        : value.text();
  }
}
