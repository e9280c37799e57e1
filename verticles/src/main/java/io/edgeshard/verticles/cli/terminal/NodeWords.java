package io.edgeshard.verticles.cli.terminal;

import io.edgeshard.planner.explain.Counted;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.JoinLine;
import io.edgeshard.verticles.local.Secrets;
import io.edgeshard.verticles.local.network.OwnAddress;
import io.edgeshard.verticles.local.runfile.RunFile;
import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.verticles.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** What a node that has started says about itself. */
public final class NodeWords {
  private NodeWords() {}

  /**
   * Where it listens, who can reach it, and how others join it.
   *
   * @param isTerminal whether a person reads it: what goes to a file does not hold the join token
   */
  public static List<String> started(
      NodeConfig config, RunFile running, Settings settings, boolean isTerminal) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "node '%s' of cluster '%s' runs as process %d; Ctrl-C ends it"
            .formatted(running.name(), running.clusterName(), running.process().pid()));
    if (running.url() != null) {
      lines.add("  serves   " + running.url() + openness(httpHost(config), "--http-host"));
    }
    boolean openToAll =
        config
            .http()
            .filter(http -> !OwnAddress.isLoopback(http.host()) && http.keys().isEmpty())
            .isPresent();
    if (openToAll) {
      lines.add(
          "  OPEN     anybody who reaches it may use it: "
              + NodeSettings.API_KEY_FILE.flag()
              + " FILE asks clients for a key");
    }
    if (config.join().isPresent()) {
      lines.add("  joined   " + config.join().get());
    }
    lines.add(
        "  listens  cluster %s, bus %s%s"
            .formatted(
                running.clusterAddress(),
                running.busAddress(),
                openness(config.host(), NodeSettings.HOST.flag())));
    if (running.logFile() != null) {
      lines.add("  logs     to " + running.logFile() + "; 'edgeshard logs' shows it");
    }
    if (config.join().isEmpty()) {
      lines.addAll(howToJoin(config, settings, isTerminal));
      int others = config.serving().nodeCount() - 1;
      if (others > 0) {
        lines.add(
            "  waits    for %s; on each: %s"
                .formatted(Counted.of(others, "more node"), JoinLine.to(config)));
      }
    }
    return lines;
  }

  private static String httpHost(NodeConfig config) {
    return config.http().map(NodeConfig.Http::host).orElse(config.host());
  }

  private static String openness(String host, String flag) {
    return OwnAddress.isLoopback(host)
        ? "  (this machine only; " + flag + " ADDRESS opens it)"
        : "";
  }

  private static List<String> howToJoin(NodeConfig config, Settings settings, boolean isTerminal) {
    if (OwnAddress.isLoopback(config.host())) {
      return OwnAddress.reachable().stream()
          .findFirst()
          .map(
              own ->
                  List.of(
                      "  closed   other machines cannot join: start with --host "
                          + own.getHostAddress()
                          + " to let them"))
          .orElseGet(List::of);
    }
    String join = JoinLine.to(config);
    return isTerminal
        ? List.of(
            "  to join  on another machine: "
                + Secrets.VARIABLE
                + "="
                + config.joinToken().reveal()
                + " "
                + join)
        : List.of(
            "  to join  on another machine, with "
                + Secrets.VARIABLE
                + " set to what "
                + settings.get(NodeSettings.TOKEN_FILE)
                + " holds: "
                + join);
  }
}
