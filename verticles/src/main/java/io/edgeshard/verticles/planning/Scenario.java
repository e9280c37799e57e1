package io.edgeshard.verticles.planning;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import java.util.List;
import java.util.Map;

/**
 * A cluster to plan for, measured or imagined.
 *
 * @param request what the planner is asked
 * @param devices the nodes whose times come from the catalogue, and under which name
 * @param notes sentences that people should read beside the plan
 */
public record Scenario(PlanningRequest request, Map<NodeId, String> devices, List<String> notes) {
  public Scenario {
    devices = Map.copyOf(devices);
    notes = List.copyOf(notes);
  }

  /** A cluster whose nodes were all measured. */
  public static Scenario measured(PlanningRequest request) {
    return new Scenario(request, Map.of(), List.of());
  }
}
