package io.edgeshard.verticles.planning;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.web.plan.PlanRefusedException;
import java.util.List;
import java.util.Map;

/**
 * A cluster to plan for, measured or imagined.
 *
 * @param request what the planner is asked
 * @param planner who is asked
 * @param devices the nodes whose times come from the catalogue, and under which name
 * @param notes sentences that people should read beside the plan
 */
public record Scenario(
    PlanningRequest request, Planner planner, Map<NodeId, String> devices, List<String> notes) {
  public Scenario {
    devices = Map.copyOf(devices);
    notes = List.copyOf(notes);
  }

  /** A cluster whose nodes were all measured. */
  public static Scenario measured(PlanningRequest request, Planner planner) {
    return new Scenario(request, planner, Map.of(), List.of());
  }

  /**
   * The plan.
   *
   * @throws PlanRefusedException when none fits
   */
  public Planned plan() {
    PlanningResult result = planner.plan(request);
    if (result instanceof Infeasible infeasible) {
      throw new PlanRefusedException("no plan fits: " + infeasible.reason());
    }
    return (Planned) result;
  }
}
