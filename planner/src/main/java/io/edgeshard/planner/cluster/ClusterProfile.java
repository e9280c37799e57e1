package io.edgeshard.planner.cluster;

import io.edgeshard.planner.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The nodes a plan may use.
 *
 * @param nodes each once, ordered by node id
 */
public record ClusterProfile(List<NodeProfile> nodes) {
  public ClusterProfile {
    nodes = nodes.stream().sorted(Comparator.comparing(NodeProfile::node)).toList();
    if (nodes.stream().map(NodeProfile::node).distinct().count() != nodes.size()) {
      throw new IllegalArgumentException("expected each node once, found one twice in " + nodes);
    }
  }

  /** The profile of a node, if it is there. */
  public Optional<NodeProfile> find(NodeId node) {
    return nodes.stream().filter(profile -> profile.node().equals(node)).findFirst();
  }
}
