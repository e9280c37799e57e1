package io.edgeshard.verticles.placement.watch;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cost.ObjectiveValue;
import io.edgeshard.planner.explain.Explainer;
import io.edgeshard.planner.explain.Verdict;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.PlanExplanation;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.List;
import java.util.Map;

/** Whether another plan is worth moving layers for: what is measured wanders a little. */
public final class BetterPlan {
  private static final double LITTLE_BETTER = 0.9;

  private final PlanningRequest question;
  private final ObjectiveValue value;

  /** By the figures of a question, and for what it wants. */
  public BetterPlan(PlanningRequest question) {
    this.question = question;
    this.value = new ObjectiveValue(question);
  }

  /** The next plan if it gives a tenth more than the current one, else that, explained anew. */
  public Planned than(ShardPlan current, Planned next) {
    if (next.plan().stages().equals(current.stages())) {
      return next;
    }
    PlanExplanation why = next.explanation();
    Verdict verdict =
        new Verdict(
            why.planner(),
            why.prediction().batching(),
            question.objective() instanceof MostTokensPerSecond most
                ? most.mode()
                : PipelineMode.NO_BUBBLES,
            why.bound().lowerBound(),
            Map.of(),
            List.of());
    PlanExplanation kept = new Explainer(question).explain(current, verdict);
    return value.of(why.prediction()) < LITTLE_BETTER * value.of(kept.prediction())
        ? next
        : new Planned(current, kept);
  }
}
