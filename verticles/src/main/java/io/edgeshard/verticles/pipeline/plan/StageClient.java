package io.edgeshard.verticles.pipeline.plan;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.OpenSequence;
import io.edgeshard.verticles.protocol.ProtocolMessage.ReleaseSequence;
import java.util.concurrent.CompletionStage;

/** How the source speaks to the stages of its plan. */
public interface StageClient {
  /** Asks for room; fails within seconds when there is none or nobody answers. */
  CompletionStage<?> open(NodeId node, OpenSequence command);

  /** Sends a step; fails when the node cannot be reached. */
  CompletionStage<?> run(NodeId node, MicroBatch step);

  /** Lets a node forget a sequence. */
  void release(NodeId node, ReleaseSequence command);

  /** Asks whether a node is there; gives its answer, fails within seconds when none comes. */
  CompletionStage<?> probe(NodeId node);
}
