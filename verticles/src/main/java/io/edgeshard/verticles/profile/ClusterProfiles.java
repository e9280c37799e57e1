package io.edgeshard.verticles.profile;

import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeProfile;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What nodes measured, put together for the planner: pure functions. */
public final class ClusterProfiles {
  private ClusterProfiles() {}

  /**
   * The profile of a cluster of these nodes.
   *
   * @param nodes each once
   * @param links at least those between the nodes; others are left out
   * @throws IllegalArgumentException when a link is missing
   */
  public static ClusterProfile of(
      Collection<NodeMeasurement> nodes, Collection<LinkMeasurement> links) {
    List<String> names = nodes.stream().map(NodeMeasurement::node).toList();
    Map<String, Double> shares = shares(nodes);
    return new ClusterProfile(
        nodes.stream()
            .map(node -> profile(node, shares.getOrDefault(node.machine(), 1.0)))
            .toList(),
        links.stream()
            .filter(link -> names.contains(link.from()) && names.contains(link.to()))
            .map(LinkMeasurement::profile)
            .toList());
  }

  /**
   * For each machine the part of what its nodes offer that they can have together. Each offers by
   * itself; the one that started first saw what was free before any of them took some.
   */
  private static Map<String, Double> shares(Collection<NodeMeasurement> nodes) {
    Map<String, Long> offered = new HashMap<>();
    Map<String, Long> free = new HashMap<>();
    for (NodeMeasurement node : nodes) {
      offered.merge(node.machine(), node.memory().usableBytes(), Long::sum);
      free.merge(node.machine(), node.memory().freeBytes(), Math::max);
    }
    Map<String, Double> shares = new HashMap<>();
    offered.forEach(
        (machine, bytes) ->
            shares.put(machine, Math.min(1, (double) free.getOrDefault(machine, 0L) / bytes)));
    return shares;
  }

  private static NodeProfile profile(NodeMeasurement node, double share) {
    MemoryOffer offer = node.memory().offer();
    MemoryOffer shared =
        new MemoryOffer(
            Math.max(1, (long) (offer.usableBytes() * share)),
            (long) (offer.headroomBytes() * share),
            offer.processBytes());
    return new NodeProfile(node.id(), node.machine(), shared, node.servedTimes(), node.power());
  }
}
