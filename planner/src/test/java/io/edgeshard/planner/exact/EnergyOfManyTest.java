package io.edgeshard.planner.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.RandomRequests;
import io.edgeshard.planner.cost.ObjectiveValue;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Objective.LeastEnergyPerToken;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.planner.route.Found;
import io.edgeshard.planner.route.SearchSpace;
import io.edgeshard.planner.route.TimeLimit;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnergyOfManyTest {
  private static final double ROUNDING = 1e-9;
  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final int QUESTIONS = 600;
  private static final long WORK = 400_000;

  @Test
  void search_asIfNodesWereMany_isNearTheBestAndItsBoundsHold() {
    RandomRequests random = new RandomRequests(21);
    int planned = 0;
    int best = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      OptionalDouble limit =
          random.below(3) == 0 ? OptionalDouble.of(20 + random.below(60)) : OptionalDouble.empty();
      PlanningRequest request =
          random.next(4 + random.below(2), 1 + random.below(6), new LeastEnergyPerToken(limit));
      PlanningRequest asked = i % 3 == 0 ? random.constrained(request) : request;
      EveryPlan every = new EveryPlan(asked);
      Found found = asIfMany(asked, limit.orElse(NEVER));
      assertThat(found.lowerBound()).isLessThanOrEqualTo(every.least() * (1 + ROUNDING));
      assertThat(found.cost()).isGreaterThanOrEqualTo(every.least() * (1 - ROUNDING));
      SearchSpace space = new SearchSpace(asked);
      for (int node = 0; node < space.nodeCount(); node++) {
        assertThat(found.withNode().get(node))
            .isLessThanOrEqualTo(every.leastWith(space.node(node)) * (1 + ROUNDING));
      }
      planned += every.least() < NEVER ? 1 : 0;
      best += found.cost() < NEVER && found.cost() <= every.least() * (1 + ROUNDING) ? 1 : 0;
    }
    assertThat(planned).isGreaterThan(QUESTIONS / 4);
    assertThat(best).isGreaterThan(planned * 9 / 10);
  }

  private static Found asIfMany(PlanningRequest request, double limitMs) {
    SearchSpace space = new SearchSpace(request);
    PriceList prices = new PriceList(request, space);
    TimeLimit limit = new TimeLimit(prices.token(), limitMs);
    return new EnergySearch(space, prices, limit, WORK, 2).search();
  }

  @ParameterizedTest
  @CsvSource({"13, 0", "40, 0", "40, 300", "100, 0", "256, 0"})
  void search_manyNodes_findsAPlanAndSaysHowFarFromTheBest(int nodes, int limitMs) {
    OptionalDouble limit = limitMs == 0 ? OptionalDouble.empty() : OptionalDouble.of(limitMs);
    int layers = nodes > 100 ? 100 : 40;
    PlanningRequest request =
        new RandomRequests(0).next(nodes, layers, new LeastEnergyPerToken(limit));
    ExactResult found = new ExactSearch(request).search();
    assertThat(found.plan()).isPresent();
    assertThat(new PlanRules(request).violation(found.plan().get())).isEmpty();
    PlanPrediction prediction =
        new PlanPredictor(request)
            .predict(found.plan().get(), Batching.ONE, PipelineMode.NO_BUBBLES);
    assertThat(prediction.tokenMs()).isLessThanOrEqualTo(limit.orElse(NEVER));
    double joules = new ObjectiveValue(request).of(prediction);
    assertThat(found.lowerBound()).isBetween(joules / 1.5, joules * (1 + ROUNDING));
  }

  @Test
  void search_manyNodesAskedTwice_answersTheSame() {
    PlanningRequest request =
        new RandomRequests(1).next(40, 40, new LeastEnergyPerToken(OptionalDouble.empty()));
    assertThat(new ExactSearch(request).search()).isEqualTo(new ExactSearch(request).search());
  }
}
