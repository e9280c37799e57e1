package io.edgeshard.planner.plan;

import io.edgeshard.planner.cluster.NodeId;

/**
 * What a hop is predicted to take: from stage to stage, or with the token back to the source.
 *
 * @param from sender
 * @param to receiver; the same node where a token id stays on the source, whose pipeline it goes
 *     through
 * @param decodeMs for a decode step of a micro-batch
 * @param prefillMs for the whole prompt of the usual request
 */
public record HopPrediction(NodeId from, NodeId to, double decodeMs, double prefillMs) {}
