package io.edgeshard.verticles.local.node;

import io.edgeshard.runtime.sampling.SamplingChoice;
import io.edgeshard.verticles.config.NodeConfig;
import io.vertx.core.Future;
import java.util.Optional;

/** A node at work. */
public interface EdgeShardNode {
  /** Where clients are served, once started; empty for a node that serves none. */
  Optional<NodeConfig.Address> httpAddress();

  /** What the file of the model that it serves says of sampling; nothing for a node that joined. */
  SamplingChoice recommendedSampling();

  /** The cluster that it has joined, as it sees it now; empty for the first of a cluster. */
  Optional<ClusterView> view();

  /** Leaves the cluster in order and frees everything; completes within 5 s. */
  Future<Void> close();
}
