package io.edgeshard.planner.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.paper.Recomputed.OutOfMemory;
import io.edgeshard.planner.paper.Recomputed.Reached;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentsTest {
  private final Experiments experiments = Experiments.ofThisProgram();

  static java.util.List<Goal> goals() {
    return Goal.all();
  }

  @ParameterizedTest
  @MethodSource("goals")
  void goal_inThePapersModel_isReached(Goal goal) {
    assertThat(goal.isMetBy(goal.found(experiments))).as("%s", goal.found(experiments)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "EDGE_SOLO, 1, 140.34, 2",
    "CLOUD_EDGE_EVEN, 1, 227.35, 8",
    "CLOUD_EDGE_EVEN, 10, 107.2, 8",
    "CLOUD_EDGE_OPT, 1, 140.34, 2",
    "EDGESHARD, 50, 51.3, 5"
  })
  void latencyOf7b_asThePaperMeasuredIt_comesOutNear(
      PaperMethod method, double megabits, double paperMs, double percent) {
    Recomputed found =
        experiments.published(question(Testbed.LLAMA_7B, megabits, PaperMetric.LATENCY, method));

    assertThat(((Reached) found).value()).isCloseTo(paperMs, within(paperMs * percent / 100));
  }

  @ParameterizedTest
  @CsvSource({
    "llama-2-13b, EDGE_SOLO",
    "llama-2-70b, EDGE_SOLO",
    "llama-2-70b, CLOUD_EDGE_EVEN",
    "llama-2-70b, CLOUD_EDGE_OPT"
  })
  void cellsOutOfMemory_inThePaper_areSoInTheModel(String model, PaperMethod method) {
    for (PaperMetric metric : PaperMetric.values()) {
      assertThat(experiments.published(question(model, 1, metric, method)))
          .isInstanceOf(OutOfMemory.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "10", "20", "30", "50"})
  void ourLatency_isNeverAboveThePublished(double megabits) {
    for (PaperMethod method :
        new PaperMethod[] {PaperMethod.CLOUD_EDGE_OPT, PaperMethod.EDGESHARD}) {
      PaperQuestion question = question(Testbed.LLAMA_13B, megabits, PaperMetric.LATENCY, method);
      Reached ours = (Reached) experiments.ours(question).orElseThrow();
      Reached published = (Reached) experiments.published(question);

      assertThat(ours.value()).isLessThanOrEqualTo(published.value());
    }
  }

  @Test
  void fixedPlans_decideNothing_soThereIsNoneOfOurs() {
    assertThat(
            experiments.ours(
                question(Testbed.LLAMA_7B, 1, PaperMetric.LATENCY, PaperMethod.EDGE_SOLO)))
        .isEmpty();
  }

  private static PaperQuestion question(
      String model, double megabits, PaperMetric metric, PaperMethod method) {
    return new PaperQuestion(model, Testbed.AGX_ORIN, megabits, metric, method);
  }
}
