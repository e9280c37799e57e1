package io.edgeshard.planner.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.RandomRequests;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.plan.ShardPlan;
import org.junit.jupiter.api.Test;

class ChunkedPromptTest {
  private static final int QUESTIONS = 1000;
  private static final double ROUNDING = 1e-9;

  @Test
  void search_promptInSeveralChunks_isMostlyTheBestAndItsBoundHolds() {
    RandomRequests random = new RandomRequests(17);
    int planned = 0;
    int best = 0;
    double worst = 1;
    for (int i = 0; i < QUESTIONS; i++) {
      PlanningRequest request =
          random
              .next(1 + random.below(4), 1 + random.below(6), new Objective.LeastRequestTime())
              .withWorkload(new Workload(128, 2, 8));
      double least = new EveryChunkedPlan(request).least();
      ExactResult found = new ExactSearch(request).search();
      assertThat(found.lowerBound()).isLessThanOrEqualTo(least * (1 + ROUNDING));
      assertThat(found.plan().isPresent()).isEqualTo(least < Double.POSITIVE_INFINITY);
      if (found.plan().isPresent()) {
        double excess = requestMs(request, found.plan().get()) / least;
        planned++;
        best += excess <= 1 + ROUNDING ? 1 : 0;
        worst = Math.max(worst, excess);
      }
    }
    assertThat(planned).isGreaterThan(QUESTIONS / 3);
    assertThat(best).isGreaterThan(planned * 95 / 100);
    assertThat(worst).isLessThan(1.3);
  }

  private static double requestMs(PlanningRequest request, ShardPlan plan) {
    return new PlanPredictor(request)
        .predict(plan, Batching.ONE, PipelineMode.NO_BUBBLES)
        .requestMs(request.typical().newTokens());
  }
}
