package io.edgeshard.verticles.membership;

/**
 * What a node says of itself.
 *
 * @param node its name
 * @param memberId the cluster's id for its process; a restarted one has another
 * @param host address it listens on
 * @param memoryLimitBytes what it may use for a shard
 * @param protocolVersion number of the protocol it speaks
 */
public record NodeInfo(
    String node, String memberId, String host, long memoryLimitBytes, int protocolVersion) {}
