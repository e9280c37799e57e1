package io.edgeshard.verticles.local.runfile;

import io.edgeshard.verticles.local.node.NodeStartException;
import io.edgeshard.verticles.settings.SettingsException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which of the running nodes of this machine is meant. */
public final class NodeChoice {
  private NodeChoice() {}

  /** The node of that name and cluster, or the only one there is when no name was given. */
  public static RunFile of(
      List<RunFile> running, Optional<String> clusterName, Optional<String> name) {
    if (running.isEmpty()) {
      throw new NodeStartException(
          "expected a node of this user on this machine, found none running");
    }
    List<RunFile> meant =
        running.stream()
            .filter(node -> clusterName.isEmpty() || node.clusterName().equals(clusterName.get()))
            .filter(node -> name.isEmpty() || node.name().equals(name.get()))
            .toList();
    if (meant.size() == 1) {
      return meant.get(0);
    }
    String found = name.map(given -> "'" + given + "'").orElse("no --name");
    String names =
        running.stream()
            .map(node -> node.name() + " (cluster " + node.clusterName() + ")")
            .collect(Collectors.joining(", "));
    throw new SettingsException(
        "expected --name (and --cluster-name) to mean one running node, found "
            + found
            + "; these run: "
            + names);
  }
}
