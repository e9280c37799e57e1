package io.edgeshard.verticles.cli;

import io.edgeshard.verticles.cli.terminal.SettingFlags;
import io.edgeshard.verticles.local.NodeConfigs;
import io.edgeshard.verticles.local.Secrets;
import io.edgeshard.verticles.local.node.NodeStarter;
import io.edgeshard.verticles.local.runfile.RunFiles;
import io.edgeshard.verticles.settings.Setting;
import io.edgeshard.verticles.settings.Settings;
import io.edgeshard.verticles.settings.UserFolders;
import java.util.Map;
import picocli.CommandLine.ParseResult;

/**
 * What commands need from outside.
 *
 * @param starter the door to the node
 * @param environment the variables of the process
 * @param folders where the user's files are
 */
public record CommandContext(
    NodeStarter starter, Map<String, String> environment, UserFolders folders) {
  /** What was typed, completed from environment, file and defaults. */
  Settings settings(ParseResult parsed, Map<Setting<?>, String> defaults) {
    return SettingFlags.resolve(parsed, environment, folders, defaults);
  }

  /** What a node is started with, as these settings say. */
  NodeConfigs nodeConfigs(Settings settings) {
    return new NodeConfigs(settings, runFiles(), secrets(settings));
  }

  Secrets secrets(Settings settings) {
    return new Secrets(settings, environment);
  }

  RunFiles runFiles() {
    return new RunFiles(folders.state());
  }
}
