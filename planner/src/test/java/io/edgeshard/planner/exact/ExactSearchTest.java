package io.edgeshard.planner.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.RandomRequests;
import io.edgeshard.planner.cost.ObjectiveValue;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ExactSearchTest {
  private static final double ROUNDING = 1e-9;

  @Test
  void tokenTime_evenLayers_isNeverBeaten() {
    RandomRequests random = new RandomRequests(1);
    for (int i = 0; i < 5000; i++) {
      int nodes = 1 + random.below(5);
      int layers = 1 + random.below(i % 10 == 0 ? 10 : 7);
      expectBest(random.next(nodes, layers, new Objective.LeastTokenTime()));
    }
  }

  @Test
  void tokenTime_constrained_isNeverBeaten() {
    RandomRequests random = new RandomRequests(2);
    for (int i = 0; i < 3000; i++) {
      int nodes = 1 + random.below(4);
      int layers = 1 + random.below(nodes == 4 ? 5 : 7);
      Objective objective = new Objective.LeastTokenTime();
      PlanningRequest request =
          random.below(2) == 0
              ? random.next(nodes, layers, objective)
              : random.uneven(nodes, layers, objective);
      expectBest(random.constrained(request));
    }
  }

  @Test
  void requestTime_oneChunk_isNeverBeaten() {
    RandomRequests random = new RandomRequests(3);
    for (int i = 0; i < 1500; i++) {
      int nodes = 1 + random.below(5);
      PlanningRequest request =
          random.next(nodes, 1 + random.below(6), new Objective.LeastRequestTime());
      expectBest(i % 3 == 0 && nodes < 5 ? random.constrained(request) : request);
    }
  }

  @Test
  void energy_withAndWithoutLimit_isNeverBeaten() {
    RandomRequests random = new RandomRequests(4);
    for (int i = 0; i < 1500; i++) {
      int nodes = 1 + random.below(4);
      OptionalDouble limit =
          random.below(2) == 0 ? OptionalDouble.empty() : OptionalDouble.of(20 + random.below(60));
      PlanningRequest request =
          random.next(nodes, 1 + random.below(6), new Objective.LeastEnergyPerToken(limit));
      expectBest(i % 3 == 0 ? random.constrained(request) : request);
    }
  }

  private static void expectBest(PlanningRequest request) {
    EveryPlan every = new EveryPlan(request);
    double least = every.least();
    ExactResult found = new ExactSearch(request).search();
    assertThat(found.lowerBound()).isLessThanOrEqualTo(least * (1 + ROUNDING));
    assertThat(found.plan().isPresent()).isEqualTo(least < Double.POSITIVE_INFINITY);
    found
        .withNode()
        .forEach(
            (node, bound) ->
                assertThat(bound).isLessThanOrEqualTo(every.leastWith(node) * (1 + ROUNDING)));
    if (found.plan().isPresent()) {
      ShardPlan plan = found.plan().get();
      assertThat(new PlanRules(request).violation(plan)).isEmpty();
      PlanPrediction prediction =
          new PlanPredictor(request).predict(plan, Batching.ONE, PipelineMode.NO_BUBBLES);
      double value = new ObjectiveValue(request).of(prediction);
      assertThat(value).isCloseTo(least, Offset.offset(ROUNDING * least));
      assertThat(found.lowerBound()).isCloseTo(least, Offset.offset(ROUNDING * least));
    }
  }
}
