package io.edgeshard.verticles.local.node;

import io.edgeshard.verticles.config.NodeConfig;
import io.vertx.core.Future;
import java.util.Optional;

/** A node at work. */
public interface EdgeShardNode {
  /** Where clients are served, once started; empty for a node that serves none. */
  Optional<NodeConfig.Address> httpAddress();

  /** Leaves the cluster in order and frees everything; completes within 5 s. */
  Future<Void> close();
}
