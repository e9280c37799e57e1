package io.edgeshard.planner.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.PaperTestbed;
import io.edgeshard.planner.PaperTestbed.Llama2;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The published algorithms where the paper ran them; expected figures from a model beside it. */
class PublishedOnPaperTestbedTest {
  private static final Objective LATENCY = new Objective.LeastTokenTime();
  private static final Objective EIGHT_AT_ONCE =
      new Objective.MostTokensPerSecond(PipelineMode.NO_BUBBLES, 8, OptionalDouble.empty());

  @Test
  void latency_sevenBillion_relaysAndComesBackForTheTail() {
    PlanningRequest request = PaperTestbed.request(Llama2.SEVEN, LATENCY);
    Planned planned = asPrinted(request);
    assertThat(planned.explanation().prediction().tokenMs()).isCloseTo(60.1, within(0.6));
    assertThat(nodes(planned.plan())).containsExactly("agx-00-source", "agx-01", "cloud", "agx-01");
    assertThat(new PlanRules(request).violation(planned.plan()).orElseThrow().reason())
        .isEqualTo("each node is to run one stage, but one would run several");
  }

  @Test
  void latency_sourceAndCloudWithFasterLinks_givesTheModelsTimes() {
    double[] mbits = {10, 20, 30, 50};
    double[] expectedMs = {74.3, 62, 58, 54};
    for (int i = 0; i < mbits.length; i++) {
      PlanningRequest all = PaperTestbed.request(Llama2.SEVEN, LATENCY, mbits[i]);
      Set<NodeId> others =
          all.cluster().nodes().stream()
              .map(NodeProfile::node)
              .filter(node -> !node.equals(all.source()) && !node.value().equals("cloud"))
              .collect(Collectors.toSet());
      Planned planned = asPrinted(all.withConstraints(Constraints.NONE.withExcluded(others)));
      assertThat(planned.explanation().prediction().tokenMs())
          .isCloseTo(expectedMs[i], within(3.0));
    }
  }

  @Test
  void latency_toBeRun_staysWithOneStagePerNode() {
    Planned planned = latency(PaperTestbed.request(Llama2.SEVEN, LATENCY));
    assertThat(nodes(planned.plan())).doesNotHaveDuplicates();
    assertThat(planned.explanation().prediction().tokenMs()).isCloseTo(60.1, within(0.6));
  }

  @Test
  void latency_seventyBillion_fillsTwelveOfTheMachines() {
    Planned planned = asPrinted(PaperTestbed.request(Llama2.SEVENTY, LATENCY));
    assertThat(planned.explanation().prediction().tokenMs()).isCloseTo(1450, within(15.0));
  }

  @Test
  void throughput_sevenBillion_spreadsOverThirteenMachinesThatEightSequencesCannotFill() {
    Planned planned = throughput(PaperTestbed.request(Llama2.SEVEN, EIGHT_AT_ONCE));
    assertThat(planned.plan().stages()).hasSize(13);
    assertThat(planned.explanation().prediction().tokensPerSecond()).isCloseTo(47, within(0.5));
  }

  @Test
  void throughput_seventyBillion_usesEveryMachineThatHelps() {
    Planned planned = throughput(PaperTestbed.request(Llama2.SEVENTY, EIGHT_AT_ONCE));
    assertThat(planned.plan().layerCount()).isEqualTo(80);
    assertThat(planned.explanation().prediction().tokensPerSecond()).isCloseTo(5.28, within(0.1));
  }

  @Test
  void throughput_tokenTimeOfOneSequenceOverTheLimit_isRefused() {
    Objective hurried =
        new Objective.MostTokensPerSecond(PipelineMode.NO_BUBBLES, 8, OptionalDouble.of(100));
    Infeasible infeasible =
        (Infeasible)
            new PublishedThroughputPlanner().plan(PaperTestbed.request(Llama2.SEVEN, hurried));
    assertThat(infeasible.reason()).contains("more than the 100.0 ms per token");
  }

  private static Planned asPrinted(PlanningRequest request) {
    return (Planned) PublishedLatencyPlanner.asPrinted().plan(request);
  }

  private static Planned latency(PlanningRequest request) {
    return (Planned) new PublishedLatencyPlanner().plan(request);
  }

  private static Planned throughput(PlanningRequest request) {
    return (Planned) new PublishedThroughputPlanner().plan(request);
  }

  private static List<String> nodes(ShardPlan plan) {
    return plan.stages().stream().map(ShardAssignment::node).map(Object::toString).toList();
  }
}
