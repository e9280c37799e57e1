package io.edgeshard.planner.cluster;

import io.edgeshard.planner.NodeId;

/**
 * What a node says of itself.
 *
 * @param node its name
 * @param memoryBytes what it may use for a shard, all things counted
 */
public record NodeProfile(NodeId node, long memoryBytes) {
  public NodeProfile {
    if (memoryBytes <= 0) {
      throw new IllegalArgumentException(
          "expected " + node + " to offer more than 0 bytes, found " + memoryBytes);
    }
  }
}
