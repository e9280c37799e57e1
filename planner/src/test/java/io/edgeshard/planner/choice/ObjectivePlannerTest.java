package io.edgeshard.planner.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.Models;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.cost.ObjectiveValue;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.partition.LayersByHand;
import io.edgeshard.planner.plan.PlanExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
  void plan_headOnTheSource_runsAllThereAndSaysWhyOthersHaveNoPlace() {
    PlanningRequest request = Models.request(Models.of(10, MIB), ROOMY, ROOMY);
    Constraints head = new Constraints(0, true, Map.of(), Set.of(), Map.of(), true);
    Planned planned = planned(request.withConstraints(head));
    assertThat(planned.plan().nodes()).containsExactly(request.source());
    assertThat(planned.explanation().leftOut().get(0).reason())
        .isEqualTo("the head is to run on the source, and with it the whole model");
    Constraints pinnedElsewhere =
        new Constraints(0, true, Map.of(2, new NodeId("n1")), Set.of(), Map.of(), false);
    assertThat(infeasible(request.withConstraints(pinnedElsewhere)).reason())
        .endsWith("each node runs one stage, so pin fewer layers or leave the head free");
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

  @ParameterizedTest
  @MethodSource("objectives")
  void plan_slowerSplitAskedFor_isTheBestSplitAndSaysWhatItCosts(Objective objective) {
    PlanningRequest request =
        Models.request(Models.of(10, MIB), ROOMY, ROOMY).withObjective(objective);
    Planned alone = planned(request);
    assertThat(alone.plan().nodes()).containsExactly(new NodeId("n0"));

    Planned split = planned(asked(request));
    assertThat(split.plan().nodes()).containsExactly(new NodeId("n0"), new NodeId("n1"));
    assertThat(split.explanation().notes()).anyMatch(note -> note.contains("n0 alone would be"));
    assertThat(split.explanation().bound().value())
        .isGreaterThan(alone.explanation().bound().value());
    Planned even = (Planned) new LayersByHand(List.of(5, 5)).plan(request);
    ObjectiveValue value = new ObjectiveValue(request);
    assertThat(value.of(split.explanation().prediction()))
        .isLessThanOrEqualTo(value.of(even.explanation().prediction()));
  }

  static Stream<Objective> objectives() {
    return Stream.of(
        new Objective.LeastTokenTime(),
        new Objective.LeastRequestTime(),
        new Objective.MostTokensPerSecond(PipelineMode.NO_BUBBLES, 1, OptionalDouble.empty()));
  }

  @Test
  void plan_slowerSplitAskedForWhereNoneFits_isTheSingleNode() {
    PlanningRequest request = Models.request(Models.of(10, 10 * MIB), ROOMY, 10 * MIB);
    assertThat(planned(asked(request)).plan()).isEqualTo(planned(request).plan());
  }

  private static PlanningRequest asked(PlanningRequest request) {
    return request.withConstraints(request.constraints().withSlowerAllowed(true));
  }

  @Test
  void guard_splitAtASmallBatch_isComparedWithTheSingleNodeAtItsOwn() {
    PlanningRequest request =
        Models.request(Models.of(10, MIB), ROOMY, ROOMY)
            .withObjective(
                new Objective.MostTokensPerSecond(
                    PipelineMode.NO_BUBBLES, 16, OptionalDouble.empty()));
    Planned small =
        (Planned)
            new LayersByHand(List.of(5, 5))
                .plan(
                    request.withObjective(
                        new Objective.MostTokensPerSecond(
                            PipelineMode.NO_BUBBLES, 2, OptionalDouble.empty())));
    assertThat(small.explanation().prediction().batching().sequences()).isLessThanOrEqualTo(2);
    Planned checked = new Guard(request).checked(small, PipelineMode.NO_BUBBLES);
    assertThat(checked.plan().nodes()).containsExactly(new NodeId("n0"));
    assertThat(checked.explanation().prediction().batching()).isEqualTo(new Batching(16, 1));
    assertThat(checked.plan().stages().get(0).memory().kvCacheBytes())
        .isEqualTo(10L * 128 * 16 * request.model().kvCacheBytesPerTokenAndLayer());
    assertThat(checked.explanation().prediction().tokensPerSecond())
        .isGreaterThan(small.explanation().prediction().tokensPerSecond());
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

  @Test
  void plan_sourceCannotHoldItsShare_saysWhichSumAndWhatWouldDo() {
    PlanningRequest request = Models.request(Models.of(10, 10 * MIB), 10 * MIB, ROOMY);
    Infeasible infeasible = infeasible(request);
    assertThat(infeasible.reason())
        .startsWith("the source n0 cannot hold its share: embedding needs")
        .contains("process 300 MiB")
        .contains("but it may use 10 MiB: give n0");
    long enough = 10 * MIB + infeasible.missingBytes();
    assertThat(planner.plan(Models.request(request.model(), enough, ROOMY)))
        .isInstanceOf(Planned.class);
    PlanningRequest layers = Models.request(Models.of(10, 10 * MIB), enough, ROOMY);
    Constraints three = new Constraints(3, false, Map.of(), Set.of(), Map.of(), false);
    assertThat(infeasible(layers.withConstraints(three)).reason())
        .startsWith("the source n0 cannot hold its share: embedding and first 3 layers need");
    Constraints head = new Constraints(0, true, Map.of(), Set.of(), Map.of(), false);
    assertThat(infeasible(layers.withConstraints(head)).reason())
        .contains("embedding, first 10 layers and head need");
  }

  @Test
  void plan_pinnedLayerDoesNotFit_saysOnWhichNode() {
    long small = MemoryOffer.PROCESS_BYTES + 15 * MIB;
    PlanningRequest request = Models.request(Models.of(4, 10 * MIB), ROOMY, small, ROOMY);
    NodeId node = new NodeId("n1");
    Constraints one = pins(Map.of(2, node));
    assertThat(planner.plan(request.withConstraints(one))).isInstanceOf(Planned.class);
    PlanningRequest two = request.withConstraints(pins(Map.of(1, node, 2, node)));
    assertThat(infeasible(two).reason())
        .startsWith("the pinned layers 1 and 2 do not fit on n1: with process and head-room")
        .contains("give n1");
    assertThat(
            infeasible(pinning(Models.request(request.model(), ROOMY, 10 * MIB), 2, node)).reason())
        .startsWith("the pinned layer 2 does not fit on n1");
  }

  @Test
  void plan_onlyNodeCannotHoldTheModel_saysSo() {
    PlanningRequest request = Models.request(Models.of(30, 100 * MIB), ROOMY);
    assertThat(infeasible(request).reason())
        .startsWith("n0 is the only node and cannot hold the model: it needs")
        .contains("but may use 1300 MiB: give n0");
  }

  @Test
  void plan_leastEnergyAndADrawUnknown_leavesTheNodeOutAndSaysWhy() {
    PlanningRequest request = Models.request(Models.of(4, MIB), ROOMY, ROOMY);
    List<NodeProfile> nodes = new ArrayList<>(request.cluster().nodes());
    NodeProfile source = nodes.get(0);
    nodes.set(
        0,
        new NodeProfile(
            source.node(),
            source.machine(),
            source.memory(),
            source.compute(),
            Optional.of(new PowerDraw(20, 5))));
    Planned planned =
        planned(
            request
                .withCluster(new ClusterProfile(nodes, request.cluster().links()))
                .withObjective(new Objective.LeastEnergyPerToken(OptionalDouble.empty())));
    assertThat(planned.explanation().leftOut().get(0).reason())
        .startsWith("its draw is not known")
        .endsWith("give its busy and idle watts");
  }

  private static Constraints pins(Map<Integer, NodeId> pinned) {
    return new Constraints(0, false, pinned, Set.of(), Map.of(), false);
  }

  private static PlanningRequest excluding(PlanningRequest request, NodeId node) {
    return request.withConstraints(
        new Constraints(0, false, Map.of(), Set.of(node), Map.of(), false));
  }

  private static PlanningRequest pinning(PlanningRequest request, int layer, NodeId node) {
    return request.withConstraints(
        new Constraints(0, false, Map.of(layer, node), Set.of(), Map.of(), false));
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
