package io.edgeshard.planner.plan;

import io.edgeshard.planner.cluster.NodeId;

/**
 * A node that the plan does not use.
 *
 * @param node which
 * @param reason one sentence: slower by how much, or which sum does not fit
 */
public record LeftOut(NodeId node, String reason) {}
