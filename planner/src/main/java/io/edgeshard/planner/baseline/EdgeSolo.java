package io.edgeshard.planner.baseline;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.explain.PlanJudge;
import java.util.List;

/** The whole model on the source (the paper's Edge-Solo). */
public final class EdgeSolo implements Planner {
  /** The name on command lines and in explanations. */
  public static final String NAME = "edge-solo";

  @Override
  public PlanningResult plan(PlanningRequest request) {
    int[] all = {request.model().layerCount()};
    return new PlanJudge(request)
        .judged(NAME, new PlanRules(request).plan(List.of(request.source()), all));
  }
}
