package io.edgeshard.verticles.cli;

import io.edgeshard.verticles.cli.plan.PlanInForce;
import io.edgeshard.verticles.cli.terminal.ClusterTalk;
import io.edgeshard.verticles.cli.terminal.ExitCodes;
import io.edgeshard.verticles.cli.terminal.JoinedTalk;
import io.edgeshard.verticles.cli.terminal.NodeWords;
import io.edgeshard.verticles.cli.terminal.Terminal;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.ForegroundNode;
import io.edgeshard.verticles.local.Look;
import io.edgeshard.verticles.local.NodeConfigs;
import io.edgeshard.verticles.local.NodeLog;
import io.edgeshard.verticles.local.cluster.ClusterClient;
import io.edgeshard.verticles.local.runfile.ProcessIdentity;
import io.edgeshard.verticles.local.runfile.RunFile;
import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.verticles.settings.Settings;
import io.edgeshard.web.status.ClusterStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code start} and {@code join} have in common: a node in the foreground until a signal. */
final class NodeRun {
  private static final Logger LOG = LoggerFactory.getLogger(NodeRun.class);

  private NodeRun() {}

  /** Runs a node in the role that {@code role} chooses; gives the command's exit code. */
  static int run(
      CommandContext context,
      Terminal terminal,
      @Nullable Long parentPid,
      Function<NodeConfigs, NodeConfig> role)
      throws InterruptedException {
    Settings settings = context.settings(terminal.parsed(), Map.of());
    NodeConfig config = role.apply(context.nodeConfigs(settings));
    boolean isRead = Terminal.isRead();
    Optional<Path> log = NodeLog.fileOf(config, settings, context.folders().state(), isRead);
    NodeLog.configure(settings.get(NodeSettings.LOG_LEVEL), log);
    ForegroundNode node =
        new ForegroundNode(
            config, settings, context.runFiles(), log, ProcessIdentity.ofPid(parentPid));
    RunFile running = node.start(context.starter());
    terminal.print(NodeWords.started(config, running, settings, isRead));
    if (isRead) {
      node.awaitEnd(
          talk(node, running.url(), terminal),
          () -> terminal.print("node '" + running.name() + "' has left its cluster and ended"));
    } else {
      node.awaitEnd();
    }
    return ExitCodes.OK;
  }

  private static Look talk(ForegroundNode node, @Nullable String url, Terminal terminal) {
    if (url != null) {
      return ofServing(url, ClusterTalk.ofStarting(url, () -> PlanInForce.summary(url)), terminal);
    }
    JoinedTalk talk = new JoinedTalk();
    return saying(() -> node.view().map(talk::next), terminal);
  }

  /** What a node that serves clients at {@code url} has to say. */
  static Look ofServing(String url, ClusterTalk talk, Terminal terminal) {
    ClusterClient client = new ClusterClient(url);
    return saying(
        () -> {
          Optional<ClusterStatus> status = client.status();
          return status.isPresent() ? Optional.of(talk.next(status.get())) : Optional.empty();
        },
        terminal);
  }

  /** Where lines come from. */
  @FunctionalInterface
  private interface News {
    Optional<List<String>> lines() throws InterruptedException;
  }

  /** What cannot be said is no reason for a node to end. */
  private static Look saying(News news, Terminal terminal) {
    return () -> {
      try {
        news.lines().ifPresent(terminal::print);
      } catch (RuntimeException failed) {
        LOG.warn("event=talk-failed reason=\"{}\"", failed.toString());
      }
    };
  }
}
