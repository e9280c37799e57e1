package io.edgeshard.verticles.local.node;

import io.edgeshard.verticles.config.NodeConfig;
import io.vertx.core.Future;

/** The door to the node itself. */
@FunctionalInterface
public interface NodeStarter {
  /** Starts a node; completes once it is in its cluster and, if it serves clients, listens. */
  Future<EdgeShardNode> start(NodeConfig config);
}
