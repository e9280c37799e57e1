package io.edgeshard.verticles.membership;

import io.edgeshard.planner.cluster.NodeId;

/**
 * What a node says of itself.
 *
 * @param node its name
 * @param memberId the cluster's id for its process; a restarted one has another
 * @param host address it listens on
 * @param memoryLimitBytes what it may use for a shard, above 0
 * @param protocolVersion number of the protocol it speaks, counted from 1
 */
public record NodeInfo(
    String node, String memberId, String host, long memoryLimitBytes, int protocolVersion) {
  public NodeInfo {
    if (node == null || memberId == null || host == null) {
      throw new IllegalArgumentException(
          "expected name, member and host of a node, found %s, %s and %s"
              .formatted(node, memberId, host));
    }
    NodeId id = new NodeId(node);
    if (memoryLimitBytes <= 0 || protocolVersion <= 0) {
      throw new IllegalArgumentException(
          "expected memory and protocol version of node %s above 0, found %d and %d"
              .formatted(id, memoryLimitBytes, protocolVersion));
    }
  }

  /** The node's name as an id. */
  public NodeId id() {
    return new NodeId(node);
  }
}
