package io.edgeshard.verticles.pipeline;

import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** How a plan is put in force and taken out. May be called by any thread. */
public interface PlanSwitch {
  /** Puts a loaded plan in force; completes when a first request has passed all its stages. */
  CompletionStage<?> activate(ActivePlan plan);

  /** Takes the plan out of force; what runs ends with the reason. */
  void deactivate(String reason);

  /** Takes the plan out of force for another that is to come: requests wait for that. */
  void change(String reason);

  /** What the plan in force gave lately; empty before enough has been served. */
  Optional<MeasuredServing> measured();

  /** Whether no request runs or waits. */
  boolean isIdle();
}
