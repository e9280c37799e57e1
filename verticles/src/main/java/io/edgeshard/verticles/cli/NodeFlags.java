package io.edgeshard.verticles.cli;

import io.edgeshard.verticles.local.runfile.NodeChoice;
import io.edgeshard.verticles.local.runfile.RunFile;
import io.edgeshard.verticles.local.runfile.RunFiles;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say which running node of this machine a command is about. */
final class NodeFlags {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The node. Default: the only one of this machine; for logs, all of them.")
  private @Nullable String name;

  @Option(
      names = "--cluster-name",
      paramLabel = "NAME",
      description = "Its cluster, where two nodes of this machine share a name.")
  private @Nullable String clusterName;

  /** Those that are meant: one by its name, else all of the cluster or the machine. */
  List<RunFile> allOf(RunFiles running) {
    return name == null
        ? running.list().stream()
            .filter(node -> clusterName == null || node.clusterName().equals(clusterName))
            .toList()
        : List.of(chosenOf(running));
  }

  /** The one of the running nodes that is meant. */
  RunFile chosenOf(RunFiles running) {
    return NodeChoice.of(
        running.list(), Optional.ofNullable(clusterName), Optional.ofNullable(name));
  }
}
