package io.edgeshard.verticles.protocol;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.PlanId;
import java.util.Optional;

/**
 * Become a stage of a plan: drop the shard you have, load this one, reply {@link
 * ProtocolMessage.ShardLoaded} or fail with a sentence.
 *
 * @param plan the plan it belongs to
 * @param stage place in the pipeline, counted from 0
 * @param layers decoder layers to run
 * @param next the node that runs the next stage; empty on the last stage, which samples
 * @param weightType how the weights are run
 * @param workload what must fit
 * @param modelSha256 content hash of the model file, hexadecimal
 */
public record LoadShard(
    PlanId plan,
    int stage,
    LayerRange layers,
    Optional<NodeId> next,
    WeightType weightType,
    Workload workload,
    String modelSha256)
    implements ProtocolMessage {

  /** Whether the stage turns token ids into hidden states. */
  public boolean isFirst() {
    return stage == 0;
  }

  /** Whether the stage turns hidden states into tokens. */
  public boolean isLast() {
    return next.isEmpty();
  }
}
