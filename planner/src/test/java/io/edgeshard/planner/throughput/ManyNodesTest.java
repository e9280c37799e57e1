package io.edgeshard.planner.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.catalogue.Models;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.exact.ExactSearch;
import io.edgeshard.planner.explain.PlanJudge;
import io.edgeshard.planner.goal.Objective.LeastTokenTime;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.planner.speed.MixedCluster;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManyNodesTest {
  @ParameterizedTest
  @CsvSource({
    "llama-3.1-405b, 64, ROOMY",
    "llama-3.1-405b, 64, TIGHT",
    "llama-3-70b, 256, ROOMY",
  })
  void plan_manyMixedNodes_isNoWorseThanTheFastestForOneSequence(
      String model, int nodes, MixedCluster.Room room) {
    PlanningRequest request =
        MixedCluster.request(
            Models.find(model).orElseThrow(),
            nodes,
            room,
            new MostTokensPerSecond(PipelineMode.NO_BUBBLES, 32, OptionalDouble.empty()));
    ShardPlan fastest =
        new ExactSearch(request.withObjective(new LeastTokenTime())).search().plan().orElseThrow();
    Planned known = (Planned) new PlanJudge(request).judged("exact", fastest);
    Planned planned = (Planned) new ThroughputPlanner().plan(request);
    assertThat(new PlanRules(request).violation(planned.plan())).isEmpty();
    assertThat(planned.explanation().prediction().tokensPerSecond())
        .isGreaterThanOrEqualTo(known.explanation().prediction().tokensPerSecond());
    assertThat(planned.explanation().bound().lowerBound()).isPositive();
  }
}
