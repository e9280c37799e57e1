package io.edgeshard.verticles.cli.terminal;

import io.edgeshard.verticles.settings.ByteSize;
import io.edgeshard.web.status.ClusterStatus;
import java.util.ArrayList;
import java.util.List;

/** What is said about a cluster: whether it is ready, and which node holds which layers. */
public final class ClusterWords {
  private ClusterWords() {}

  /** One sentence and the table of shards. */
  public static List<String> of(ClusterStatus status) {
    List<String> lines = new ArrayList<>();
    lines.add(status.ready() ? "ready" : "not ready: " + status.reason());
    if (!status.model().isEmpty()) {
      lines.add(
          "%s, weights %s, %d layers, plan %d"
              .formatted(status.model(), status.weights(), status.layerCount(), status.planId()));
    }
    lines.addAll(shardTable(status));
    for (ClusterStatus.Refused refused : status.refused()) {
      lines.add(
          "refused: '%s' at %s is not used: %s"
              .formatted(refused.node(), refused.host(), refused.reason()));
    }
    return lines;
  }

  /** Node, layers, state and memory; layers are counted from 0, the last one included. */
  public static List<String> shardTable(ClusterStatus status) {
    if (status.nodes().isEmpty()) {
      return List.of();
    }
    TextTable table = new TextTable().row("node", "layers", "state", "memory", "planned", "limit");
    for (ClusterStatus.Node node : status.nodes()) {
      table.row(
          node.id(),
          layers(node),
          node.state(),
          size(node.memoryUsedBytes()),
          size(node.memoryPlannedBytes()),
          size(node.memoryLimitBytes()));
    }
    return table.lines();
  }

  private static String layers(ClusterStatus.Node node) {
    List<String> parts = new ArrayList<>();
    if (node.embedding()) {
      parts.add("embedding");
    }
    if (node.layerEnd() > node.layerStart()) {
      parts.add(node.layerStart() + "-" + (node.layerEnd() - 1));
    }
    if (node.head()) {
      parts.add("head");
    }
    return parts.isEmpty() ? "none" : String.join(" + ", parts);
  }

  private static String size(long bytes) {
    return bytes <= 0 ? "?" : ByteSize.format(bytes);
  }
}
