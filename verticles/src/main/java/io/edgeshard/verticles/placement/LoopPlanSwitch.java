package io.edgeshard.verticles.placement;

import io.edgeshard.verticles.pipeline.PlanSwitch;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A plan switch whose answers come back to the placement's own event loop.
 *
 * @param planSwitch of the pipeline, on whose loop it answers
 * @param loop runs tasks on the placement's event loop
 */
record LoopPlanSwitch(PlanSwitch planSwitch, Executor loop) implements PlanSwitch {
  @Override
  public CompletionStage<?> activate(ActivePlan plan) {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    planSwitch
        .activate(plan)
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure == null) {
                answer.complete(plan);
              } else {
                answer.completeExceptionally(failure);
              }
            },
            loop);
    return answer;
  }

  @Override
  public void deactivate(String reason) {
    planSwitch.deactivate(reason);
  }

  @Override
  public void change(String reason) {
    planSwitch.change(reason);
  }

  @Override
  public Optional<MeasuredServing> measured() {
    return planSwitch.measured();
  }

  @Override
  public boolean isIdle() {
    return planSwitch.isIdle();
  }
}
