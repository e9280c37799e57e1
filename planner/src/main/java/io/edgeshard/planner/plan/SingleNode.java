package io.edgeshard.planner.plan;

import io.edgeshard.planner.cluster.NodeId;

/**
 * The best node that could run the whole model by itself.
 *
 * @param node which
 * @param prediction what it would give, asked by the source
 */
public record SingleNode(NodeId node, PlanPrediction prediction) {}
