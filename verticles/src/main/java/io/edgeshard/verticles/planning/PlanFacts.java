package io.edgeshard.verticles.planning;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about the cluster that is here.
 *
 * @param request what the planner was asked last
 * @param planner who was asked
 * @param planned what it answered, when there is a plan in force
 * @param cores of each node's machine, where that is known
 * @param served what the plan in force gave lately, once something was served
 */
public record PlanFacts(
    PlanningRequest request,
    Planner planner,
    Optional<Planned> planned,
    Map<NodeId, Integer> cores,
    Optional<MeasuredServing> served) {
  public PlanFacts {
    cores = Map.copyOf(cores);
  }
}
