package io.edgeshard.verticles.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.partition.LayersByHand;
import io.edgeshard.planner.plan.PlanExplanation;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import io.edgeshard.web.plan.PlanView;
import io.edgeshard.web.plan.WhatIf;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanViewsTest {
  private static final MeasuredServing.Lengths LENGTHS = new MeasuredServing.Lengths(3000, 3040);
  private static final Planner BY_HAND = new LayersByHand(List.of(20, 10));
  private static final Planned PLANNED = (Planned) BY_HAND.plan(Scenarios.measured());

  private static PlanView inForce(MeasuredServing served) {
    return PlanViews.inForce(
            new PlanFacts(
                Scenarios.measured(),
                BY_HAND,
                Optional.of(PLANNED),
                Map.of(Scenarios.HOME, 8),
                Optional.of(served)))
        .orElseThrow();
  }

  private static MeasuredServing served(long planId, Double... stageMs) {
    return new MeasuredServing(
        planId, 90, 5, 50, List.of(stageMs), List.of(3.0, 4.0), 1, LENGTHS, 100, 5000);
  }

  @Test
  void inForce_plan_hasStagesHopsAndNodesInTheOrderOfAToken() {
    PlanView view = inForce(served(7, 1.5, 2.5));

    assertThat(view.planId()).isEqualTo(7);
    assertThat(view.stages()).extracting(PlanView.Stage::node).containsExactly("home", "box");
    assertThat(view.hops()).extracting(PlanView.Hop::to).containsExactly("box", "home");
    assertThat(view.nodes()).extracting(PlanView.Node::id).containsExactly("home", "box", "cloud");
    assertThat(view.nodes()).extracting(PlanView.Node::cores).containsExactly(8, 0, 0);
    assertThat(view.nodes().get(2).memory()).isNull();
    assertThat(view.links()).hasSize(6).allMatch(link -> link.megabitsPerSecond() == 8);
    assertThat(view.objective()).isEqualTo("least time per token");
  }

  @Test
  void inForce_figures_areThoseOfThePrediction() {
    PlanPrediction prediction = PLANNED.explanation().prediction();

    PlanView view = inForce(served(7, 1.5, 2.5));

    assertThat(view.predicted().tokenMs()).isEqualTo(prediction.tokenMs());
    assertThat(view.predicted().tokensPerSecond()).isEqualTo(1000 / prediction.tokenMs());
    assertThat(view.predicted().joulesPerToken()).isNull();
    assertThat(inForce(served(6, 1.5, 2.5)).stages().get(0).decodeMs())
        .isEqualTo(prediction.stages().get(0).decodeMs());
    assertThat(view.nodes().get(0).memory())
        .isNotNull()
        .satisfies(
            memory ->
                assertThat(memory.totalBytes())
                    .isEqualTo(PLANNED.plan().stages().get(0).memory().totalBytes()));
  }

  @Test
  void inForce_plannerThatProvesNothing_hasNoGap() {
    assertThat(inForce(served(7, 1.5, 2.5)).bound().gapPercent()).isNull();
  }

  @Test
  void inForce_served_standsBesideWhatWasPredicted() {
    PlanView view = inForce(served(7, 1.5, 2.5));

    PlanView.Served served = Objects.requireNonNull(view.served());
    assertThat(served.measured()).isEqualTo(new PlanView.Figures(90, 50, 20, null));
    assertThat(view.stages())
        .extracting(PlanView.Stage::measuredDecodeMs)
        .containsExactly(1.5, 2.5);
    assertThat(view.hops()).extracting(PlanView.Hop::measuredDecodeMs).containsExactly(3.0, 4.0);
  }

  @Test
  void inForce_servedLongerThanUsual_isComparedWithAPredictionForThat() {
    PlanView view = inForce(served(7, 1.5, 2.5));

    PlanView.Served served = Objects.requireNonNull(view.served());
    assertThat(served.promptTokens()).isEqualTo(3000);
    assertThat(served.newTokens()).isEqualTo(80);
    assertThat(served.predicted().ttftMs()).isGreaterThan(10 * view.predicted().ttftMs());
    assertThat(view.stages().get(0).prefillMs())
        .isGreaterThan(10 * PLANNED.explanation().prediction().stages().get(0).prefillMs());
    assertThat(view.promise().promptTokens()).isEqualTo(32);
  }

  @Test
  void inForce_servedByAnotherPlan_isLeftAway() {
    assertThat(inForce(served(6, 1.5, 2.5)).served()).isNull();
    assertThat(inForce(served(7, 1.5)).stages().get(0).measuredDecodeMs()).isNull();
  }

  @Test
  void inForce_nodeOfThePlanHasGone_isNotShown() {
    PlanFacts facts =
        new PlanFacts(
            WhatIfs.apply(
                    Scenario.measured(Scenarios.measured(), BY_HAND),
                    new WhatIf(
                        null,
                        null,
                        List.of(),
                        List.of("box"),
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null))
                .request(),
            BY_HAND,
            Optional.of(PLANNED),
            Map.of(),
            Optional.empty());

    assertThat(PlanViews.inForce(facts)).isEmpty();
  }

  @Test
  void imagined_batches_areSaidInANote() {
    PlanPrediction alone = PLANNED.explanation().prediction();
    PlanPrediction batched =
        new PlanPrediction(
            alone.stages(),
            alone.hops(),
            new Batching(4, 2),
            alone.ttftMs(),
            alone.tokenMs(),
            80,
            100,
            alone.joulesPerToken());
    PlanExplanation explanation = PLANNED.explanation();
    Planned planned =
        new Planned(
            PLANNED.plan(),
            new PlanExplanation(
                "p",
                batched,
                List.of(),
                explanation.bound(),
                Optional.empty(),
                List.of("of the planner")));
    Scenario scenario =
        new Scenario(Scenarios.measured(), BY_HAND, Map.of(), List.of("of the question"));

    PlanView view = PlanViews.imagined(scenario, planned, Map.of());

    assertThat(view.planId()).isZero();
    assertThat(view.notes())
        .containsExactly(
            "of the question",
            "with 8 sequences under way, 4 at a time: 100.0 tokens/s of all together, 80.0 ms per"
                + " token of each",
            "of the planner");
  }
}
