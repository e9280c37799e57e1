package io.edgeshard.planner.plan;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.model.LayerRange;

/**
 * What a stage is predicted to take.
 *
 * @param node who runs it
 * @param layers which decoder layers
 * @param decodeMs computing one decode step of a micro-batch
 * @param prefillMs computing the whole prompt of the usual request
 */
public record StagePrediction(NodeId node, LayerRange layers, double decodeMs, double prefillMs) {}
