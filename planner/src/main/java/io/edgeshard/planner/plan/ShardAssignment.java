package io.edgeshard.planner.plan;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.model.LayerRange;

/**
 * What one node runs: a stage of the pipeline.
 *
 * @param node who runs it
 * @param layers which decoder layers
 * @param isFirst whether it also turns token ids into hidden states
 * @param isLast whether it also turns hidden states into logits and samples
 * @param memory what it will take there
 */
public record ShardAssignment(
    NodeId node, LayerRange layers, boolean isFirst, boolean isLast, MemoryEstimate memory) {}
