package io.edgeshard.verticles.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.catalogue.Models;
import io.edgeshard.planner.choice.ObjectivePlanner;
import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.LayerTimes;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cluster.TimeCurve;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.TypicalRequest;
import io.edgeshard.planner.goal.WireFormat;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.runtime.sampling.SamplingChoice;
import io.edgeshard.verticles.config.NodeConfig.ServingSettings;
import io.edgeshard.verticles.config.PlanningSettings;
import io.edgeshard.verticles.local.node.NodeStartException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeMemoryTest {
  private static final long PLENTY = 1L << 50;

  private static ModelSpec model(String name) {
    return Models.find(name).orElseThrow();
  }

  private static ServingSettings serving(int nodes) {
    return new ServingSettings(
        WeightType.FAST,
        nodes,
        List.of(),
        Optional.empty(),
        4,
        32,
        128,
        PlanningSettings.USUAL,
        SamplingChoice.NONE);
  }

  /** What the planner says of so many equal nodes with such a cap. */
  private static PlanningResult plan(ModelSpec model, int nodes, long capBytes) {
    LayerTimes layer = new LayerTimes(TimeCurve.line(1, 1), 0);
    List<NodeProfile> profiles =
        IntStream.range(0, nodes)
            .mapToObj(
                i ->
                    new NodeProfile(
                        new NodeId("node-" + (i + 1)),
                        "one",
                        MemoryOffer.of(capBytes),
                        new ComputeProfile(
                            layer, layer, TimeCurve.none(), TimeCurve.none(), TimeCurve.none()),
                        Optional.empty()))
            .toList();
    List<LinkProfile> links =
        profiles.stream()
            .flatMap(
                from ->
                    profiles.stream()
                        .filter(to -> !to.equals(from))
                        .map(to -> new LinkProfile(from.node(), to.node(), 1, 1e9)))
            .toList();
    return new ObjectivePlanner()
        .plan(
            new PlanningRequest(
                new PlanId(1),
                model,
                WeightType.FAST,
                new ClusterProfile(profiles, links),
                new NodeId("node-1"),
                serving(nodes).workload(model),
                TypicalRequest.OF_THE_PAPER,
                new Objective.LeastTokenTime(),
                Constraints.NONE,
                WireFormat.FLOAT32));
  }

  @ParameterizedTest
  @CsvSource({"smollm2-135m,2", "smollm2-135m,3", "llama-3.2-1b,3"})
  void forcingSplit_cap_allNodesHoldTheModelAndOneFewerCannot(String name, int nodes) {
    ModelSpec model = model(name);

    NodeMemory memory = NodeMemory.forcingSplit(serving(nodes), model, PLENTY);

    long cap = memory.bytesOfEach().orElseThrow();
    assertThat(plan(model, nodes, cap))
        .isInstanceOfSatisfying(
            Planned.class, planned -> assertThat(planned.plan().nodes()).hasSize(nodes));
    assertThat(plan(model, nodes - 1, cap)).isInstanceOf(Infeasible.class);
    assertThat(memory.reason())
        .contains("each node may use", "split over all of the " + nodes, "--memory");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void leastBytes_someNodes_isEnoughAndOneMibLessIsNot(int nodes) {
    ModelSpec model = model("smollm2-135m");
    long least =
        new MemoryCaps(model, WeightType.FAST, serving(nodes).workload(model)).leastBytes(nodes);

    assertThat(plan(model, nodes, least)).isInstanceOf(Planned.class);
    assertThat(plan(model, nodes, least - (1L << 20))).isInstanceOf(Infeasible.class);
  }

  @Test
  void forcingSplit_machineIsTight_capIsItsPart() {
    ModelSpec model = model("smollm2-135m");
    long least = new MemoryCaps(model, WeightType.FAST, serving(3).workload(model)).leastBytes(3);

    NodeMemory memory = NodeMemory.forcingSplit(serving(3), model, 3 * least + 3);

    assertThat(memory.bytesOfEach()).hasValue(least + 1);
  }

  @Test
  void forcingSplit_machineHasTooLittle_isSaidWithTheSum() {
    assertThatThrownBy(() -> NodeMemory.forcingSplit(serving(3), model("smollm2-135m"), 1L << 30))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContainingAll(
            "of free memory for 3 nodes of",
            "4 chats of 4096 tokens, found 1024 MiB",
            "fewer --nodes");
  }

  @Test
  void forcingSplit_moreNodesThanHelp_saysHowManyAreNeeded() {
    NodeMemory memory = NodeMemory.forcingSplit(serving(60), model("smollm2-135m"), PLENTY);

    assertThat(memory.reason()).contains("split over more than 31");
  }
}
