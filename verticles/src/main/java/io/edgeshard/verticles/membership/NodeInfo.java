package io.edgeshard.verticles.membership;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.config.JoinToken;
import java.util.List;
import java.util.Objects;

/**
 * What a node says of itself.
 *
 * @param node its name
 * @param memberId the cluster's id for its process; a restarted one has another
 * @param host address it listens on
 * @param memoryLimitBytes what it may use for a shard, above 0
 * @param protocolVersion number of the protocol it speaks, counted from 1
 * @param proof that it has the cluster's join token, see {@link #provenWith}; empty for none
 */
public record NodeInfo(
    String node,
    String memberId,
    String host,
    long memoryLimitBytes,
    int protocolVersion,
    String proof) {
  private static final String WHAT = "edgeshard-node";

  public NodeInfo {
    proof = Objects.requireNonNullElse(proof, "");
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

  /** The same, with the proof that its speaker has the token. */
  public NodeInfo provenWith(JoinToken token) {
    return new NodeInfo(
        node, memberId, host, memoryLimitBytes, protocolVersion, token.proofOf(words()));
  }

  /** Whether whoever said this has the token; a proof is of one process and of all that it says. */
  public boolean isProvenWith(JoinToken token) {
    return token.proves(words(), proof);
  }

  private List<String> words() {
    return List.of(
        WHAT,
        node,
        memberId,
        host,
        Long.toString(memoryLimitBytes),
        Integer.toString(protocolVersion));
  }

  /** The node's name as an id. */
  public NodeId id() {
    return new NodeId(node);
  }
}
