package io.edgeshard.planner;

import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.TypicalRequest;
import io.edgeshard.planner.goal.WireFormat;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.PlanId;

/**
 * What a planner is asked.
 *
 * @param id the number that the plan will carry
 * @param model what is split
 * @param weightType how its weights are run
 * @param cluster onto which nodes
 * @param source the node that serves clients: it holds the embedding, so it is the first stage
 * @param workload what must fit and be served
 * @param typical the request that predictions are made for
 * @param objective what is to be least or most
 * @param constraints what the plan must keep to
 * @param wire what a message between stages weighs
 */
public record PlanningRequest(
    PlanId id,
    ModelSpec model,
    WeightType weightType,
    ClusterProfile cluster,
    NodeId source,
    Workload workload,
    TypicalRequest typical,
    Objective objective,
    Constraints constraints,
    WireFormat wire) {
  public PlanningRequest {
    if (cluster.find(source).isEmpty()) {
      throw new IllegalArgumentException(
          "expected the source among the nodes of the cluster, found no profile of " + source);
    }
  }

  /** The same question about another cluster. */
  public PlanningRequest withCluster(ClusterProfile other) {
    return new PlanningRequest(
        id, model, weightType, other, source, workload, typical, objective, constraints, wire);
  }

  /** The same question with another objective. */
  public PlanningRequest withObjective(Objective other) {
    return new PlanningRequest(
        id, model, weightType, cluster, source, workload, typical, other, constraints, wire);
  }

  /** The same question under other constraints. */
  public PlanningRequest withConstraints(Constraints other) {
    return new PlanningRequest(
        id, model, weightType, cluster, source, workload, typical, objective, other, wire);
  }

  /** The same question with predictions for another request. */
  public PlanningRequest withTypical(TypicalRequest other) {
    return new PlanningRequest(
        id, model, weightType, cluster, source, workload, other, objective, constraints, wire);
  }

  /** The same question with another promise. */
  public PlanningRequest withWorkload(Workload other) {
    return new PlanningRequest(
        id, model, weightType, cluster, source, other, typical, objective, constraints, wire);
  }
}
