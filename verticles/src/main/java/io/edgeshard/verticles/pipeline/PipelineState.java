package io.edgeshard.verticles.pipeline;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import java.util.Map;
import java.util.Optional;

/**
 * How the pipeline is, for people.
 *
 * @param notReadyReason why no request would be answered; empty when it would
 * @param steps that have passed all stages so far
 * @param silent a stage that has not been heard of for a while
 * @param residentBytes memory of each stage's process, as it last said
 * @param measured what the plan in force gave lately; empty before enough has been served
 */
public record PipelineState(
    Optional<String> notReadyReason,
    long steps,
    Optional<NodeId> silent,
    Map<NodeId, Long> residentBytes,
    Optional<MeasuredServing> measured) {
  public PipelineState {
    residentBytes = Map.copyOf(residentBytes);
  }

  /** Nothing is known yet. */
  public static PipelineState starting() {
    return new PipelineState(
        Optional.of("the cluster is starting"), 0, Optional.empty(), Map.of(), Optional.empty());
  }

  /** Whether the node is the silent one. */
  public boolean isSilent(NodeId node) {
    return silent.filter(node::equals).isPresent();
  }

  /** Memory of the node's process; 0 when it has not said. */
  public long residentBytes(NodeId node) {
    return residentBytes.getOrDefault(node, 0L);
  }
}
