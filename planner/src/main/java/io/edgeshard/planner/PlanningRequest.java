package io.edgeshard.planner;

import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cost.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;

/**
 * What a planner is asked.
 *
 * @param id the number that the plan will carry
 * @param model what is split
 * @param weightType how its weights are run
 * @param cluster onto which nodes
 * @param source the node that serves clients: it holds the embedding, so it is the first stage
 * @param workload what must fit and be served
 */
public record PlanningRequest(
    PlanId id,
    ModelSpec model,
    WeightType weightType,
    ClusterProfile cluster,
    NodeId source,
    Workload workload) {
  public PlanningRequest {
    if (cluster.find(source).isEmpty()) {
      throw new IllegalArgumentException(
          "expected the source among the nodes of the cluster, found no profile of " + source);
    }
  }
}
