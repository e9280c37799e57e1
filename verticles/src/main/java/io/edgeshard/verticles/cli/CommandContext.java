package io.edgeshard.verticles.cli;

import io.edgeshard.verticles.local.NodeStarter;
import io.edgeshard.verticles.local.RunFiles;
import io.edgeshard.verticles.settings.UserFolders;
import java.util.Map;

/**
 * What commands need from outside.
 *
 * @param starter the door to the node
 * @param environment the variables of the process
 * @param folders where the user's files are
 */
public record CommandContext(
    NodeStarter starter, Map<String, String> environment, UserFolders folders) {
  RunFiles runFiles() {
    return new RunFiles(folders.state());
  }
}
