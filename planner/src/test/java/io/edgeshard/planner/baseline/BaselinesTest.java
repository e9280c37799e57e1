package io.edgeshard.planner.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.Models;
import io.edgeshard.planner.PaperTestbed;
import io.edgeshard.planner.PaperTestbed.Llama2;
import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.choice.NamedPlanners;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.PipelineMode;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BaselinesTest {
  private static final long ROOMY = MemoryOffer.PROCESS_BYTES + (1000L << 20);
  private static final Objective LATENCY = new Objective.LeastTokenTime();

  @Test
  void edgeSolo_onThePapersSource_givesThePapersTimeAndItsOutOfMemoryCells() {
    assertThat(tokenMs(new EdgeSolo(), Llama2.SEVEN)).isCloseTo(140.7, within(0.7));
    assertThat(missingBytes(new EdgeSolo(), Llama2.THIRTEEN)).isGreaterThan(19L << 30);
    assertThat(missingBytes(new EdgeSolo(), Llama2.SEVENTY)).isGreaterThan(220L << 30);
  }

  @Test
  void edgeSolo_eightSequences_travelAsOneBatch() {
    PlanningRequest request =
        PaperTestbed.request(
            Llama2.SEVEN,
            new Objective.MostTokensPerSecond(PipelineMode.BUBBLES, 8, OptionalDouble.empty()));
    Planned planned = (Planned) new EdgeSolo().plan(request);
    assertThat(planned.explanation().prediction().tokensPerSecond()).isCloseTo(40.8, within(0.4));
    assertThat(planned.plan().stages().get(0).memory().kvCacheBytes())
        .isEqualTo(8L * 32 * 128 * 2 * 4096 * Float.BYTES);
  }

  @Test
  void cloudEdgeEven_slowLink_isSlowerThanTheSourceAlone() {
    assertThat(tokenMs(new CloudEdgeEven(), Llama2.SEVEN)).isCloseTo(220, within(1.0));
    assertThat(missingBytes(new CloudEdgeEven(), Llama2.SEVENTY)).isPositive();
  }

  @Test
  void cloudEdgeOpt_slowLink_keepsEverythingLocal() {
    assertThat(tokenMs(new CloudEdgeOpt(), Llama2.SEVEN)).isCloseTo(140.7, within(0.7));
    Infeasible infeasible =
        (Infeasible) new CloudEdgeOpt().plan(PaperTestbed.request(Llama2.SEVENTY, LATENCY));
    assertThat(infeasible.reason()).contains("with agx-00-source and cloud alone");
    assertThat(infeasible.missingBytes()).isPositive();
  }

  @Test
  void cloudEdge_namedCloud_isTheOneUsed() {
    PlanningRequest request = Models.request(Models.of(6, 1), ROOMY, ROOMY, ROOMY);
    assertThat(stages(new CloudEdgeEven(new NodeId("n2")), request))
        .containsExactly("n0 3", "n2 3");
    assertThat(((Infeasible) new CloudEdgeEven(new NodeId("n7")).plan(request)).reason())
        .contains("needs a node besides the source");
  }

  @Test
  void cloudEdge_sourceAlone_saysWhatIsMissing() {
    PlanningRequest request = Models.request(Models.of(6, 1), ROOMY);
    assertThat(((Infeasible) new CloudEdgeEven().plan(request)).reason())
        .contains("to be the cloud");
    assertThat(((Infeasible) new CloudEdgeOpt().plan(request)).reason())
        .contains("to be the cloud");
  }

  @Test
  void edgeShardEven_allNodes_sharesDifferByOneAtMost() {
    PlanningRequest request = Models.request(Models.of(8, 1), ROOMY, ROOMY, ROOMY);
    assertThat(stages(new EdgeShardEven(), request)).containsExactly("n0 2", "n1 3", "n2 3");
  }

  @Test
  void edgeShardEven_nodesOfAPlan_keepsItsOrder() {
    PlanningRequest request = Models.request(Models.of(6, 1), ROOMY, ROOMY, ROOMY);
    Planned planned = (Planned) new CloudEdgeEven(new NodeId("n2")).plan(request);
    assertThat(stages(new EdgeShardEven(planned.plan()), request)).containsExactly("n0 3", "n2 3");
  }

  @Test
  void edgeShardEven_excludedOrCappedNode_isKeptTo() {
    PlanningRequest request = Models.request(Models.of(6, 1), ROOMY, ROOMY, ROOMY);
    Constraints without = Constraints.NONE.withExcluded(Set.of(new NodeId("n1")));
    assertThat(stages(new EdgeShardEven(), request.withConstraints(without)))
        .containsExactly("n0 3", "n2 3");
    Constraints capped =
        new Constraints(0, false, Map.of(), Set.of(), Map.of(new NodeId("n1"), 1000L), false);
    assertThat(((Infeasible) new EdgeShardEven().plan(request.withConstraints(capped))).reason())
        .contains("on n1, but it may use 1 MiB");
  }

  @Test
  void baselines_brokenConstraint_isNamed() {
    PlanningRequest request = Models.request(Models.of(6, 1), ROOMY, ROOMY);
    Constraints pinned =
        new Constraints(2, false, Map.of(5, new NodeId("n0")), Set.of(), Map.of(), false);
    assertThat(((Infeasible) new EdgeShardEven().plan(request.withConstraints(pinned))).reason())
        .isEqualTo("layer 5 is to run on n0, but the plan would run it on n1");
  }

  @Test
  void names_everyOne_findsAPlannerThatAnswers() {
    PlanningRequest request = Models.request(Models.of(6, 1), ROOMY, ROOMY);
    for (String name : NamedPlanners.names()) {
      Planned planned = (Planned) NamedPlanners.find(name).orElseThrow().plan(request);
      assertThat(planned.explanation().planner()).isEqualTo(name);
    }
    assertThat(NamedPlanners.find("no-such-planner")).isEmpty();
  }

  private static double tokenMs(Planner planner, Llama2 size) {
    Planned planned = (Planned) planner.plan(PaperTestbed.request(size, LATENCY));
    return planned.explanation().prediction().tokenMs();
  }

  private static long missingBytes(Planner planner, Llama2 size) {
    return ((Infeasible) planner.plan(PaperTestbed.request(size, LATENCY))).missingBytes();
  }

  private static List<String> stages(Planner planner, PlanningRequest request) {
    return ((Planned) planner.plan(request))
        .plan().stages().stream()
            .map(stage -> stage.node() + " " + stage.layers().count())
            .toList();
  }
}
