package io.edgeshard.verticles.protocol;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.plan.PlanId;

/** Anything one node says to another. */
public sealed interface ProtocolMessage
    permits LoadShard,
        OpenSequence,
        MicroBatch,
        StepCompleted,
        StepFailed,
        ProfileMessage,
        ProtocolMessage.ShardLoaded,
        ProtocolMessage.SequenceOpened,
        ProtocolMessage.ReleaseSequence,
        ProtocolMessage.Probe,
        ProtocolMessage.ProbeAnswer,
        ProtocolMessage.NodeLeaving,
        ProtocolMessage.Unreadable {

  /**
   * Reply to {@link LoadShard}: the shard is ready.
   *
   * @param plan whose shard
   */
  record ShardLoaded(PlanId plan) implements ProtocolMessage {}

  /**
   * Reply to {@link OpenSequence}: KV cache is reserved.
   *
   * @param sequence whose
   */
  record SequenceOpened(SequenceId sequence) implements ProtocolMessage {}

  /**
   * Forget a sequence: it is finished, cancelled or broken.
   *
   * @param plan in which it was opened
   * @param sequence which
   */
  record ReleaseSequence(PlanId plan, SequenceId sequence) implements ProtocolMessage {}

  /** Are you there? Answered by the event loop, however busy the shard is. */
  record Probe() implements ProtocolMessage {}

  /**
   * Reply to {@link Probe}.
   *
   * @param plan whose shard is loaded; 0 for none
   * @param clockNanos the node's own clock, which starts anywhere
   * @param queuedSteps waiting in front of the shard
   * @param kvCacheBytes reserved by open sequences
   * @param residentBytes memory of the node's process
   */
  record ProbeAnswer(
      long plan, long clockNanos, int queuedSteps, long kvCacheBytes, long residentBytes)
      implements ProtocolMessage {}

  /**
   * A node is about to leave in order.
   *
   * @param node which
   */
  record NodeLeaving(NodeId node) implements ProtocolMessage {}

  /**
   * What came in place of a message that could not be read; never sent.
   *
   * @param reason one sentence
   */
  record Unreadable(String reason) implements ProtocolMessage {}
}
