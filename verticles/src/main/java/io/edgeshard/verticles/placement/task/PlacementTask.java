package io.edgeshard.verticles.placement.task;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
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
 * What a placement is to bring about.
 *
 * @param model what is split, and how it is run
 * @param workload what must fit
 * @param source the node that serves clients
 * @param nodeCount how many nodes to wait for
 * @param goal what is wanted of the plan
 */
public record PlacementTask(
    Model model, Workload workload, NodeId source, int nodeCount, Goal goal) {
  /**
   * What is split, and how it is run.
   *
   * @param spec its facts
   * @param sha256 content hash of its file
   * @param weightType how its weights are run
   */
  public record Model(ModelSpec spec, String sha256, WeightType weightType) {}

  /**
   * What is wanted of the plan, and who decides.
   *
   * @param objective what is to be least or most
   * @param constraints what the plan must keep to
   * @param planner who decides
   */
  public record Goal(Objective objective, Constraints constraints, Planner planner) {}

  /**
   * What is asked about a cluster.
   *
   * @param intakeMs what the source does for a request besides its tokens
   */
  public PlanQuestion question(PlanId id, ClusterProfile cluster, double intakeMs) {
    return new PlanQuestion(
        new PlanningRequest(
            id,
            model.spec(),
            model.weightType(),
            cluster,
            source,
            workload,
            TypicalRequest.OF_THE_PAPER.withIntakeMs(intakeMs),
            goal.objective(),
            goal.constraints(),
            WireFormat.FLOAT32),
        goal.planner());
  }

  /** The same with something else wanted, and perhaps somebody else to decide. */
  public PlacementTask wanting(Objective objective, Planner planner) {
    return new PlacementTask(
        model, workload, source, nodeCount, new Goal(objective, goal.constraints(), planner));
  }
}
