package io.edgeshard.verticles.stage;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepFailed;

/** Where a stage's results go. Called on the shard's thread; returns at once. */
public interface StageLinks {
  /** On to the node of the next stage. */
  void forward(NodeId next, MicroBatch step);

  /** Back to the source: a step has passed all stages. */
  void completed(NodeId source, StepCompleted completed);

  /** Back to the source: a step will not be completed. */
  void failed(NodeId source, StepFailed failed);
}
