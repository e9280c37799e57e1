package io.edgeshard.verticles.placement;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.protocol.LoadShard;
import java.util.concurrent.CompletionStage;

/** How a node is made to load its share of a plan. */
@FunctionalInterface
public interface ShardLoading {
  /** Completes when the shard is ready; fails with a sentence, or after a limit. */
  CompletionStage<?> load(NodeId node, LoadShard command);
}
