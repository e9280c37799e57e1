package io.edgeshard.verticles.protocol;

import io.edgeshard.planner.cluster.NodeId;
import java.util.List;

/**
 * A step will not be completed for some of its sequences.
 *
 * @param step which
 * @param sequences whose spans; those of the others go on
 * @param node who says so
 * @param code what may be done about it
 * @param message one sentence for people
 */
public record StepFailed(
    StepId step, List<SequenceId> sequences, NodeId node, FailureCode code, String message)
    implements ProtocolMessage {
  public StepFailed {
    sequences = List.copyOf(sequences);
  }
}
