package io.edgeshard.verticles.cli.terminal;

import io.edgeshard.verticles.settings.SettingValue;
import java.util.List;
import java.util.Map;

/** What is said about settings: each with its value and where it was set. */
public final class SettingWords {
  private SettingWords() {}

  /** The table of settings, by key. */
  public static List<String> table(Map<String, SettingValue> settings) {
    TextTable table = new TextTable();
    settings.forEach((key, value) -> table.row(key, value.text(), value.origin().toString()));
    return table.lines();
  }
}
