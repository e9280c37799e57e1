package io.edgeshard.verticles.profile;

import io.edgeshard.planner.cluster.NodeId;
import java.util.Map;

/**
 * Everything that nodes have published of what they measured.
 *
 * @param nodes by node
 * @param links by pair
 */
public record Measurements(Map<NodeId, NodeMeasurement> nodes, Map<LinkId, LinkMeasurement> links) {
  /** Nothing is measured. */
  public static final Measurements NONE = new Measurements(Map.of(), Map.of());

  public Measurements {
    nodes = Map.copyOf(nodes);
    links = Map.copyOf(links);
  }
}
