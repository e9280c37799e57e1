package io.edgeshard.verticles.pipeline.timing;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.PlanPrediction;

/** What a plan was to give for requests as long as those that it served. */
public final class ServedPrediction {
  private ServedPrediction() {}

  /** For one sequence alone, as served figures are. */
  public static PlanPrediction of(
      PlanningRequest request, Planned planned, MeasuredServing measured) {
    return new PlanPredictor(request.withTypical(measured.lengths().request(request.typical())))
        .predict(planned.plan(), Batching.ONE, PipelineMode.NO_BUBBLES);
  }
}
