package io.edgeshard.planner.cluster;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes a plan may use, and what lies between them. A cluster of which something was not
 * measured cannot be made.
 *
 * @param nodes each once, ordered by node id
 * @param links one for every ordered pair of nodes, and one within a node where that is known
 */
public record ClusterProfile(List<NodeProfile> nodes, List<LinkProfile> links) {
  public ClusterProfile {
    nodes = nodes.stream().sorted(Comparator.comparing(NodeProfile::node)).toList();
    if (nodes.stream().map(NodeProfile::node).distinct().count() != nodes.size()) {
      throw new IllegalArgumentException("expected each node once, found one twice in " + nodes);
    }
    links =
        links.stream()
            .sorted(Comparator.comparing(LinkProfile::from).thenComparing(LinkProfile::to))
            .toList();
    expectEveryPairOnce(nodes, links);
  }

  private static void expectEveryPairOnce(List<NodeProfile> nodes, List<LinkProfile> links) {
    Map<Pair, LinkProfile> found = new HashMap<>();
    for (LinkProfile link : links) {
      if (found.put(new Pair(link.from(), link.to()), link) != null) {
        throw new IllegalArgumentException(
            "expected one link from %s to %s, found two".formatted(link.from(), link.to()));
      }
    }
    for (NodeProfile from : nodes) {
      for (NodeProfile to : nodes) {
        boolean missing =
            !from.node().equals(to.node())
                && found.remove(new Pair(from.node(), to.node())) == null;
        if (missing) {
          throw new IllegalArgumentException(
              "expected a measured link from %s to %s, found none: measure it or leave one of them out"
                  .formatted(from.node(), to.node()));
        }
      }
    }
    nodes.forEach(node -> found.remove(new Pair(node.node(), node.node())));
    found
        .keySet()
        .forEach(
            pair -> {
              throw new IllegalArgumentException(
                  "expected links between nodes of the cluster, found one from %s to %s"
                      .formatted(pair.from(), pair.to()));
            });
  }

  private record Pair(NodeId from, NodeId to) {}

  /** The same cluster with these of its nodes alone. */
  public ClusterProfile of(Set<NodeId> kept) {
    return new ClusterProfile(
        nodes.stream().filter(node -> kept.contains(node.node())).toList(),
        links.stream()
            .filter(link -> kept.contains(link.from()) && kept.contains(link.to()))
            .toList());
  }

  /** The profile of a node, if it is there. */
  public Optional<NodeProfile> find(NodeId node) {
    return nodes.stream().filter(profile -> profile.node().equals(node)).findFirst();
  }

  /** The link from one node to another, or within one, if it is there. */
  public Optional<LinkProfile> link(NodeId from, NodeId to) {
    return links.stream()
        .filter(link -> link.from().equals(from) && link.to().equals(to))
        .findFirst();
  }
}
