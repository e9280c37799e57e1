package io.edgeshard.planner.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.Models;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.partition.LayersByHand;
import io.edgeshard.planner.plan.PlanExplanation;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObjectivePlannerTest {
  private static final long MIB = 1L << 20;
  private static final long ROOMY = MemoryOffer.PROCESS_BYTES + 1000 * MIB;
  private final ObjectivePlanner planner = new ObjectivePlanner();

  @Test
  void plan_sourceHoldsAll_runsThereAndSaysWhatOthersWouldCost() {
    Planned planned = planned(Models.request(Models.of(10, MIB), ROOMY, ROOMY));
    assertThat(planned.plan().nodes()).containsExactly(new NodeId("n0"));
    assertThat(planned.explanation().leftOut()).hasSize(1);
    assertThat(planned.explanation().leftOut().get(0).reason())
        .startsWith("any plan with it costs at least")
        .endsWith("ms a token more");
    assertThat(planned.explanation().bestSingle().orElseThrow().node()).isEqualTo(new NodeId("n0"));
    assertThat(planned.explanation().bound().gap()).isZero();
  }

  @Test
  void plan_nodeTooSmallForALayer_saysWhichSumDoesNotFit() {
    Planned planned = planned(Models.request(Models.of(10, 10 * MIB), ROOMY, 10 * MIB));
    assertThat(planned.explanation().leftOut().get(0).reason())
        .contains("a single decoder layer needs")
        .contains("weights 10 MiB")
        .contains("it may use 10 MiB");
  }

  @Test
  void plan_modelTooLarge_saysWhatWouldHelpAndThatItWould() {
    PlanningRequest request = Models.request(Models.of(30, 100 * MIB), ROOMY, ROOMY);
    Infeasible infeasible = infeasible(request);
    assertThat(infeasible.missingBytes()).isPositive();
    assertThat(infeasible.reason()).contains("2 nodes together may use").contains("give n0");
    assertThat(
            planner.plan(Models.request(request.model(), ROOMY + infeasible.missingBytes(), ROOMY)))
        .isInstanceOf(Planned.class);
    assertThat(
            planner.plan(
                Models.request(request.model(), ROOMY + infeasible.missingBytes() - MIB, ROOMY)))
        .isInstanceOf(Infeasible.class);
  }

  @Test
  void plan_contextTooLong_saysTheLongestThatFits() {
    PlanningRequest request =
        Models.request(Models.of(4, MIB), ROOMY).withWorkload(new Workload(1 << 22, 1, 32));
    Infeasible infeasible = infeasible(request);
    assertThat(infeasible.reason()).contains("promise a context of ");
    int context =
        Integer.parseInt(infeasible.reason().replaceAll(".*promise a context of (\\d+) .*", "$1"));
    assertThat(planner.plan(request.withWorkload(new Workload(context, 1, 32))))
        .isInstanceOf(Planned.class);
    assertThat(planner.plan(request.withWorkload(new Workload(context + 1, 1, 32))))
        .isInstanceOf(Infeasible.class);
  }

  @Test
  void plan_mostTokensPerSecond_isExplainedAndNotBelowASingleNode() {
    PlanningRequest request =
        Models.request(Models.of(10, MIB), ROOMY, ROOMY, ROOMY)
            .withObjective(
                new Objective.MostTokensPerSecond(
                    PipelineMode.NO_BUBBLES, 4, OptionalDouble.empty()));
    PlanExplanation explanation = planned(request).explanation();
    assertThat(explanation.prediction().tokensPerSecond())
        .isGreaterThanOrEqualTo(
            explanation.bestSingle().orElseThrow().prediction().tokensPerSecond());
  }

  @Test
  void guard_slowerSplit_givesWayUnlessAskedFor() {
    PlanningRequest request = Models.request(Models.of(10, MIB), ROOMY, ROOMY);
    Planned split = (Planned) new LayersByHand(List.of(5, 5)).plan(request);
    Planned checked = new Guard(request).checked(split, PipelineMode.NO_BUBBLES);
    assertThat(checked.plan().nodes()).containsExactly(new NodeId("n0"));
    assertThat(checked.explanation().notes().get(0)).startsWith("n0 runs the model alone");
    PlanningRequest asked = request.withConstraints(request.constraints().withSlowerAllowed(true));
    assertThat(new Guard(asked).checked(split, PipelineMode.NO_BUBBLES)).isEqualTo(split);
  }

  @Test
  void plan_hugeContext_isRefusedAndDoesNotWrapAround() {
    PlanningRequest request =
        Models.request(Models.of(4, MIB), ROOMY, ROOMY)
            .withWorkload(new Workload(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
    assertThat(infeasible(request).missingBytes()).isPositive();
  }

  @Test
  void plan_excludedOrUnknownNodes_areRefusedWithASentence() {
    PlanningRequest request = Models.request(Models.of(4, MIB), ROOMY, ROOMY);
    NodeId source = request.source();
    assertThat(infeasible(excluding(request, source)).reason()).contains("cannot be excluded");
    assertThat(infeasible(excluding(request, new NodeId("n7"))).reason())
        .contains("excluded nodes, found n7")
        .contains("n0, n1");
    assertThat(infeasible(pinning(request, 2, new NodeId("n7"))).reason())
        .contains("pinned layers, found n7");
    assertThat(infeasible(pinning(request, 9, source)).reason()).contains("from 0 to 3, found 9");
  }

  private static PlanningRequest excluding(PlanningRequest request, NodeId node) {
    return request.withConstraints(
        new Constraints(0, false, Map.of(), Set.of(node), Map.of(), false, false));
  }

  private static PlanningRequest pinning(PlanningRequest request, int layer, NodeId node) {
    return request.withConstraints(
        new Constraints(0, false, Map.of(layer, node), Set.of(), Map.of(), false, false));
  }

  private Planned planned(PlanningRequest request) {
    PlanningResult result = planner.plan(request);
    assertThat(result).isInstanceOf(Planned.class);
    return (Planned) result;
  }

  private Infeasible infeasible(PlanningRequest request) {
    PlanningResult result = planner.plan(request);
    assertThat(result).isInstanceOf(Infeasible.class);
    return (Infeasible) result;
  }
}
