package io.edgeshard.verticles.cli.plan;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.choice.NamedPlanners;
import io.edgeshard.planner.choice.ObjectivePlanner;
import io.edgeshard.verticles.planning.Names;
import io.edgeshard.verticles.planning.PlanViews;
import io.edgeshard.verticles.planning.Scenario;
import io.edgeshard.verticles.planning.WhatIfs;
import io.edgeshard.verticles.planning.file.ClusterFile;
import io.edgeshard.verticles.settings.SettingsException;
import io.edgeshard.web.plan.PlanRefusedException;
import io.edgeshard.web.plan.PlanView;
import io.edgeshard.web.plan.WhatIf;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans of a cluster that a file describes. */
final class FilePlans {
  private final Scenario scenario;
  private final Planner planner;

  FilePlans(Path file, @Nullable String planner) {
    this.planner = planner(planner);
    this.scenario = ClusterFile.read(file);
  }

  private static Planner planner(@Nullable String name) {
    if (name == null) {
      return new ObjectivePlanner();
    }
    return NamedPlanners.find(name)
        .orElseThrow(
            () ->
                new SettingsException(
                    "--planner: " + Names.unknown("a planner", name, NamedPlanners.names())));
  }

  /** The plan as the file is; empty when none fits. */
  Optional<PlanView> today() {
    return planner.plan(scenario.request()) instanceof Planned planned
        ? Optional.of(PlanViews.imagined(scenario, planned, Map.of()))
        : Optional.empty();
  }

  /** The plan after a change. */
  PlanView whatIf(WhatIf change) {
    Scenario changed = WhatIfs.apply(scenario, change);
    PlanningResult result = planner.plan(changed.request());
    if (result instanceof Infeasible infeasible) {
      throw new PlanRefusedException("no plan fits: " + infeasible.reason());
    }
    return PlanViews.imagined(changed, (Planned) result, Map.of());
  }
}
