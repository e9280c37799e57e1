package io.edgeshard.verticles.cli.terminal;

import io.edgeshard.verticles.local.runfile.RunFile;
import java.util.List;

/** What is said about the nodes of this machine. */
public final class RunFileWords {
  private RunFileWords() {}

  /** The table of running nodes. */
  public static List<String> table(List<RunFile> nodes) {
    TextTable table = new TextTable().row("node", "cluster", "process", "serves", "listens", "log");
    for (RunFile node : nodes) {
      table.row(
          node.name(),
          node.clusterName(),
          Long.toString(node.process().pid()),
          node.url() == null ? "-" : node.url(),
          node.clusterAddress() + " bus " + node.busAddress(),
          node.logFile() == null ? "standard error" : node.logFile());
    }
    return table.lines();
  }

  /** A node in a sentence. */
  public static String name(RunFile node) {
    return "'%s' of cluster '%s' (process %d)"
        .formatted(node.name(), node.clusterName(), node.process().pid());
  }
}
