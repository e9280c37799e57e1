package io.edgeshard.verticles;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.choice.NamedPlanners;
import io.edgeshard.planner.choice.ObjectivePlanner;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.partition.LayersByHand;
import io.edgeshard.verticles.config.NodeConfig.ServingSettings;
import io.edgeshard.verticles.config.PlanningSettings;
import io.edgeshard.verticles.placement.task.PlacementTask.Goal;
import io.edgeshard.verticles.planning.Objectives;
import java.util.Map;
import java.util.OptionalDouble;

/** The settings of planning in the planner's terms. */
final class PlanningGoal {
  private PlanningGoal() {}

  static Goal of(ServingSettings serving) {
    PlanningSettings planning = serving.planning();
    Constraints constraints =
        new Constraints(
            planning.sourceLayers(),
            false,
            Map.of(),
            planning.excluded(),
            Map.of(),
            planning.slowerAllowed());
    return new Goal(objective(serving), constraints, planner(serving));
  }

  private static Objective objective(ServingSettings serving) {
    return Objectives.named(
        serving.planning().objective().label(), serving.sequences(), OptionalDouble.empty());
  }

  private static Planner planner(ServingSettings serving) {
    return serving.layers().isEmpty()
        ? serving.planning().planner().map(PlanningGoal::named).orElseGet(ObjectivePlanner::new)
        : new LayersByHand(serving.layers());
  }

  private static Planner named(String name) {
    return NamedPlanners.find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of %s, found '%s': correct --planner"
                        .formatted(NamedPlanners.names(), name)));
  }
}
