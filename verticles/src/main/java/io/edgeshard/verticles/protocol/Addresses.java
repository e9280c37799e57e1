package io.edgeshard.verticles.protocol;

import io.edgeshard.planner.cluster.NodeId;

/**
 * Every address on the event bus. They are stable per node: plan and stage stand in the messages,
 * so that no registration has to spread when a plan changes.
 */
public final class Addresses {
  private Addresses() {}

  /**
   * A node's stage. From the source or the stage before it: {@link MicroBatch}, {@link
   * ProtocolMessage.ReleaseSequence} (send); from the source: {@link OpenSequence}, {@link
   * ProtocolMessage.Probe}, {@link LoadShard} (request); from any node that measures its link to
   * it: {@link ProfileMessage.LinkPing} (send, the last of a series request).
   */
  public static String stage(NodeId node) {
    return "edgeshard.stage." + node;
  }

  /**
   * A node's profile of itself and its links. From the source: {@link ProfileMessage.MeasureNode},
   * {@link ProfileMessage.MeasureLink} (request), {@link ProfileMessage.RefineLink} and {@link
   * ProfileMessage.RefineStage} (send).
   */
  public static String profile(NodeId node) {
    return "edgeshard.profile." + node;
  }

  /** A source's pipeline. From stages: {@link StepCompleted}, {@link StepFailed} (send). */
  public static String source(NodeId node) {
    return "edgeshard.source." + node;
  }

  /**
   * The placement of the node that serves clients. From any node that is about to go: {@link
   * ProtocolMessage.NodeLeaving} (publish).
   */
  public static String placement() {
    return "edgeshard.placement";
  }
}
