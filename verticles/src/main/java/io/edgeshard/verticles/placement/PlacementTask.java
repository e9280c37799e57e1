package io.edgeshard.verticles.placement;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;

/**
 * What a placement is to bring about.
 *
 * @param model what is split
 * @param modelSha256 content hash of its file
 * @param weightType how its weights are run
 * @param workload what must fit
 * @param source the node that serves clients
 * @param nodeCount how many nodes to wait for
 * @param planner who decides
 */
public record PlacementTask(
    ModelSpec model,
    String modelSha256,
    WeightType weightType,
    Workload workload,
    NodeId source,
    int nodeCount,
    Planner planner) {}
