package io.edgeshard.planner.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.RandomQuestions;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.plan.Bound;
import io.edgeshard.planner.throughput.kind.NodeKind;
import io.edgeshard.planner.throughput.kind.NodeKinds;
import io.edgeshard.planner.throughput.kind.Outlook;
import io.edgeshard.planner.throughput.relaxed.Relaxation;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThroughputAgainstBruteForceTest {
  private static final int INSTANCES = 10_000;
  private static final double ROUNDING = 1e-9;

  @Test
  void plan_smallRandomClusters_isTheBestOfAllPlansAndBatchings() {
    SplittableRandom random = new SplittableRandom(4);
    RandomQuestions large = new RandomQuestions(random, 5, 10, false);
    RandomQuestions small = new RandomQuestions(random, 4, 8, false);
    int planned = 0;
    for (int i = 0; i < INSTANCES; i++) {
      planned += isBest((i % 4 == 0 ? large : small).next(), i) ? 1 : 0;
    }
    assertThat(planned).isGreaterThan(INSTANCES / 2);
  }

  @Test
  void plan_layersOfUnlikeWeight_keepsToMemoryAndItsBoundHolds() {
    RandomQuestions requests = new RandomQuestions(new SplittableRandom(5), 4, 8, true);
    int best = 0;
    for (int i = 0; i < INSTANCES / 10; i++) {
      PlanningRequest request = requests.next();
      double leastMs = leastMs(request);
      double valueMs = boundedValueMs(request, leastMs);
      best += valueMs <= leastMs * (1 + ROUNDING) || Double.isInfinite(leastMs) ? 1 : 0;
    }
    assertThat(best).isGreaterThan(INSTANCES / 10 * 95 / 100);
  }

  /** Whether there is a plan; checked to be the best of all, where machines are not shared. */
  private static boolean isBest(PlanningRequest request, int instance) {
    double leastMs = leastMs(request);
    double valueMs = boundedValueMs(request, leastMs);
    boolean isShared =
        request.cluster().nodes().stream().filter(node -> node.machine().equals("shared")).count()
            > 1;
    if (!isShared && leastMs < Double.POSITIVE_INFINITY) {
      List<NodeKind> kinds = new NodeKinds(request).kinds();
      MostTokensPerSecond most = (MostTokensPerSecond) request.objective();
      assertThat(new Relaxation(request, most, kinds, Outlook.OPTIMISTIC).leastMs())
          .as("relaxation of instance %d: %s", instance, request)
          .isLessThanOrEqualTo(leastMs * (1 + ROUNDING));
      assertThat(valueMs)
          .as("instance %d: %s", instance, request)
          .isCloseTo(leastMs, within(ROUNDING * leastMs));
    }
    return Double.isFinite(valueMs);
  }

  private static double leastMs(PlanningRequest request) {
    return new EveryLayout(request, (MostTokensPerSecond) request.objective()).leastMs();
  }

  /** What the plan gives, infinite for none; its bound checked against the best of all plans. */
  private static double boundedValueMs(PlanningRequest request, double leastMs) {
    if (!(new ThroughputPlanner().plan(request) instanceof Planned planned)) {
      return Double.POSITIVE_INFINITY;
    }
    Bound bound = planned.explanation().bound();
    assertThat(new PlanRules(request).violation(planned.plan())).isEmpty();
    assertThat(planned.plan().layerCount()).isEqualTo(request.model().layerCount());
    assertThat(bound.lowerBound()).isLessThanOrEqualTo(leastMs * (1 + ROUNDING));
    return bound.value();
  }
}
