package io.edgeshard.verticles.protocol;

import io.edgeshard.planner.cluster.NodeId;

/**
 * A step will not be completed.
 *
 * @param step which
 * @param node who says so
 * @param code what may be done about it
 * @param message one sentence for people
 */
public record StepFailed(StepId step, NodeId node, FailureCode code, String message)
    implements ProtocolMessage {}
