package io.edgeshard.verticles.cli;

import io.edgeshard.verticles.cli.terminal.ExitCodes;
import io.edgeshard.verticles.cli.terminal.NodeWords;
import io.edgeshard.verticles.cli.terminal.Terminal;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.ForegroundNode;
import io.edgeshard.verticles.local.NodeConfigs;
import io.edgeshard.verticles.local.NodeLog;
import io.edgeshard.verticles.local.runfile.ProcessIdentity;
import io.edgeshard.verticles.local.runfile.RunFile;
import io.edgeshard.verticles.local.runfile.RunFiles;
import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.verticles.settings.Settings;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code start} and {@code join} have in common: a node in the foreground until a signal. */
final class NodeRun {
  private NodeRun() {}

  /** Runs a node in the role that {@code role} chooses; gives the command's exit code. */
  static int run(
      CommandContext context,
      Terminal terminal,
      @Nullable Long parentPid,
      Function<NodeConfigs, NodeConfig> role)
      throws InterruptedException {
    Settings settings = context.settings(terminal.parsed(), Map.of());
    RunFiles runFiles = context.runFiles();
    NodeConfig config = role.apply(context.nodeConfigs(settings));
    NodeLog.configure(settings.get(NodeSettings.LOG_LEVEL), settings.find(NodeSettings.LOG_FILE));
    ForegroundNode node =
        new ForegroundNode(config, settings, runFiles, ProcessIdentity.ofPid(parentPid));
    RunFile running = node.start(context.starter());
    terminal.print(NodeWords.started(config, running, settings, Terminal.isRead()));
    node.awaitEnd();
    return ExitCodes.OK;
  }
}
