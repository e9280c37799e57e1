package io.edgeshard.planner.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.RandomQuestions;
import io.edgeshard.planner.goal.Objective;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PublishedAgainstBruteForceTest {
  private static final int INSTANCES = 10_000;
  private static final double ROUNDING = 1e-9;

  @Test
  void latency_smallRandomClusters_isNeverBetterThanTheBestAndOftenWorse() {
    RandomQuestions requests = new RandomQuestions(new SplittableRandom(8), 5, 7, true);
    int worse = 0;
    int missed = 0;
    for (int i = 0; i < INSTANCES; i++) {
      PlanningRequest request = requests.next().withObjective(new Objective.LeastTokenTime());
      boolean isAsPrinted = i % 2 == 0;
      PublishedLatencyPlanner planner =
          isAsPrinted ? PublishedLatencyPlanner.asPrinted() : new PublishedLatencyPlanner();
      double leastMs = EveryAssignment.leastTokenMs(new LayerItems(request), isAsPrinted);
      if (planner.plan(request) instanceof Planned planned) {
        double tokenMs = planned.explanation().prediction().tokenMs();
        assertThat(tokenMs).as("%d: %s", i, request).isGreaterThan(leastMs * (1 - ROUNDING));
        worse += tokenMs > leastMs * (1 + ROUNDING) ? 1 : 0;
      } else {
        missed += leastMs < Double.POSITIVE_INFINITY ? 1 : 0;
      }
    }
    assertThat(worse).isGreaterThan(INSTANCES / 50);
    assertThat(missed).isPositive();
  }

  @Test
  void throughput_smallRandomClusters_isTheBestForItsOwnAim() {
    RandomQuestions requests = new RandomQuestions(new SplittableRandom(9), 5, 8, true);
    for (int i = 0; i < INSTANCES; i++) {
      LayerItems items = new LayerItems(requests.next());
      double leastMs = EveryAssignment.leastSlowestMs(items);
      Optional<int[]> found = new SubsetTable(items).devicesOfItems();
      assertThat(found.isPresent()).isEqualTo(leastMs < Double.POSITIVE_INFINITY);
      found.ifPresent(
          devices ->
              assertThat(EveryAssignment.slowestMs(items, devices))
                  .isCloseTo(leastMs, within(ROUNDING * leastMs)));
    }
  }
}
