package io.edgeshard.planner.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.RandomRequests;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.plan.Bound;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThroughputAgainstBruteForceTest {
  private static final int INSTANCES = 10_000;
  private static final double ROUNDING = 1e-9;

  @Test
  void plan_smallRandomClusters_isTheBestOfAllPlansAndBatchings() {
    RandomRequests requests = new RandomRequests(new SplittableRandom(4), 5, 10, false);
    int planned = 0;
    for (int i = 0; i < INSTANCES; i++) {
      planned += isBest(requests.next(), i) ? 1 : 0;
    }
    assertThat(planned).isGreaterThan(INSTANCES / 2);
  }

  /** Whether there is a plan; checked to be the best of all. */
  private static boolean isBest(PlanningRequest request, int instance) {
    double leastMs = new EveryLayout(request, (MostTokensPerSecond) request.objective()).leastMs();
    PlanningResult result = new ThroughputPlanner().plan(request);
    if (result instanceof Planned planned) {
      Bound bound = planned.explanation().bound();
      assertThat(new PlanRules(request).violation(planned.plan())).isEmpty();
      assertThat(bound.value())
          .as("instance %d: %s", instance, request)
          .isCloseTo(leastMs, within(ROUNDING * leastMs));
      assertThat(bound.gap()).isLessThan(ROUNDING);
      return true;
    }
    assertThat(leastMs).as("instance %d: %s", instance, request).isInfinite();
    return false;
  }
}
