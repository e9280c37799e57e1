package io.edgeshard.verticles.cli.plan;

import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.verticles.planning.PlanViews;
import io.edgeshard.verticles.planning.Scenario;
import io.edgeshard.verticles.planning.WhatIfs;
import io.edgeshard.verticles.planning.file.ClusterFile;
import io.edgeshard.web.plan.PlanView;
import io.edgeshard.web.plan.WhatIf;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Plans of a cluster that a file describes. */
final class FilePlans {
  private final Scenario scenario;

  FilePlans(Path file) {
    this.scenario = ClusterFile.read(file);
  }

  /** The plan as the file is; empty when none fits. */
  Optional<PlanView> today() {
    return scenario.planner().plan(scenario.request()) instanceof Planned planned
        ? Optional.of(PlanViews.imagined(scenario, planned, Map.of()))
        : Optional.empty();
  }

  /** The plan after a change. */
  PlanView whatIf(WhatIf change) {
    Scenario changed = WhatIfs.apply(scenario, change);
    return PlanViews.imagined(changed, changed.plan(), Map.of());
  }
}
