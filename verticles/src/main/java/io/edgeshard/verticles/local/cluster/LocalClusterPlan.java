package io.edgeshard.verticles.local.cluster;

import java.nio.file.Path;
import java.util.List;

/**
 * Which nodes to start on this machine.
 *
 * @param url where the first of them will serve clients
 * @param folder of this run alone; removed with all it holds when the run ends
 * @param nodes the first of the cluster first
 */
public record LocalClusterPlan(String url, Path folder, List<Node> nodes) {
  public LocalClusterPlan {
    nodes = List.copyOf(nodes);
  }

  /**
   * A node to start.
   *
   * @param name its name
   * @param arguments its command line
   * @param logFile where it will log
   */
  public record Node(String name, List<String> arguments, Path logFile) {
    public Node {
      arguments = List.copyOf(arguments);
    }
  }
}
