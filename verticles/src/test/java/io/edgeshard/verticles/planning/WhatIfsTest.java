package io.edgeshard.verticles.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.catalogue.Devices;
import io.edgeshard.planner.catalogue.Models;
import io.edgeshard.planner.choice.ObjectivePlanner;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.web.plan.PlanRefusedException;
import io.edgeshard.web.plan.WhatIf;
import io.edgeshard.web.plan.WhatIf.AddedDevice;
import io.edgeshard.web.plan.WhatIf.ChangedLink;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WhatIfsTest {
  private static final PlanningRequest TODAY = Scenarios.measured();
  private static final Planner BEST = new ObjectivePlanner();

  private static WhatIf cluster(
      List<AddedDevice> add, List<String> remove, List<ChangedLink> links) {
    return new WhatIf(null, null, add, remove, links, null, null, null, null, null, null);
  }

  private static WhatIf model(String name) {
    return new WhatIf(
        null, null, List.of(), List.of(), List.of(), name, null, null, null, null, null);
  }

  private static PlanningRequest after(WhatIf change) {
    return WhatIfs.apply(Scenario.measured(TODAY, BEST), change).request();
  }

  @Test
  void apply_nothing_isTheSameQuestion() {
    assertThat(after(WhatIf.nothing())).isEqualTo(TODAY);
  }

  @Test
  void apply_deviceAddedTwice_hasNamesOfItsOwnAndLinksToAll() {
    AddedDevice pi = new AddedDevice("raspberry-pi-5", 80, 3);

    PlanningRequest after = after(cluster(List.of(pi, pi), List.of(), List.of()));

    NodeId first = new NodeId("raspberry-pi-5");
    NodeId second = new NodeId("raspberry-pi-5-2");
    assertThat(after.cluster().nodes()).hasSize(5);
    assertThat(after.cluster().link(first, second)).hasValueSatisfying(this::isAdded);
    assertThat(after.cluster().link(Scenarios.CLOUD, second)).hasValueSatisfying(this::isAdded);
    assertThat(after.cluster().find(first).orElseThrow().compute())
        .isEqualTo(
            Devices.find("raspberry-pi-5")
                .orElseThrow()
                .profile(first, TODAY.model(), WeightType.FAST)
                .compute());
  }

  private void isAdded(LinkProfile link) {
    assertThat(link.latencyMs()).isEqualTo(3);
    assertThat(link.bytesPerSecond()).isEqualTo(10e6);
  }

  @Test
  void apply_nodeRemoved_isGoneWithItsLinks() {
    PlanningRequest after = after(cluster(List.of(), List.of("box"), List.of()));

    assertThat(after.cluster().find(Scenarios.BOX)).isEmpty();
    assertThat(after.cluster().links()).hasSize(2);
  }

  @Test
  void apply_linkHalved_isSlowerBothWaysAndOthersAreNot() {
    PlanningRequest after =
        after(cluster(List.of(), List.of(), List.of(new ChangedLink("home", "box", 0.5))));

    assertThat(rate(after, Scenarios.HOME, Scenarios.BOX)).isEqualTo(5e5);
    assertThat(rate(after, Scenarios.BOX, Scenarios.HOME)).isEqualTo(5e5);
    assertThat(rate(after, Scenarios.HOME, Scenarios.CLOUD)).isEqualTo(1e6);
  }

  private static double rate(PlanningRequest request, NodeId from, NodeId to) {
    return request.cluster().link(from, to).orElseThrow().bytesPerSecond();
  }

  @Test
  void apply_promiseAndObjective_areThoseAsked() {
    PlanningRequest after =
        after(
            new WhatIf(
                "throughput", null, List.of(), List.of(), List.of(), null, 1024, 3, 40, 50, null));

    assertThat(after.workload().contextTokens()).isEqualTo(1024);
    assertThat(after.workload().sequences()).isEqualTo(3);
    assertThat(after.workload().prefillChunkTokens()).isEqualTo(64);
    assertThat(after.typical().promptTokens()).isEqualTo(40);
    assertThat(after.typical().newTokens()).isEqualTo(50);
    assertThat(after.objective())
        .isInstanceOfSatisfying(
            MostTokensPerSecond.class, most -> assertThat(most.maxSequences()).isEqualTo(3));
  }

  @Test
  void apply_otherModel_measuredNodesAreGuessedInProportionAndSaidSo() {
    ModelSpec larger = Models.find("smollm2-360m").orElseThrow();

    Scenario after = WhatIfs.apply(Scenario.measured(TODAY, BEST), model("smollm2-360m"));

    double factor =
        larger.layers().get(0).fastBytes() / (double) TODAY.model().layers().get(0).fastBytes();
    assertThat(factor).isGreaterThan(1.5);
    assertThat(layerMs(after.request()))
        .isCloseTo(layerMs(TODAY) * factor, within(0.01 * layerMs(TODAY)));
    assertThat(after.request().model()).isEqualTo(larger);
    assertThat(after.notes()).singleElement().asString().contains("a guess");
  }

  private static double layerMs(PlanningRequest request) {
    return request.cluster().find(Scenarios.HOME).orElseThrow().compute().decode().ms(1, 0);
  }

  @Test
  void apply_otherPlanner_isTheOneAsked() {
    Scenario even =
        WhatIfs.apply(Scenario.measured(TODAY, BEST), WhatIf.wanting(null, "edgeshard-even"));

    assertThat(even.plan().explanation().planner()).isEqualTo("edgeshard-even");
    assertThat(even.request()).isEqualTo(TODAY);
  }

  @Test
  void apply_slowerSplitAllowedOrNot_isAsAsked() {
    assertThat(after(WhatIf.nothing().allowingSlower()).constraints().slowerAllowed()).isTrue();
  }

  @Test
  void apply_otherModel_devicesOfTheCatalogueAreComputedAnew() {
    Scenario all =
        new Scenario(
            TODAY,
            BEST,
            Map.of(
                Scenarios.HOME, "raspberry-pi-5",
                Scenarios.BOX, "raspberry-pi-5",
                Scenarios.CLOUD, "rtx-4090"),
            List.of());

    Scenario after = WhatIfs.apply(all, model("smollm2-360m"));

    assertThat(after.notes()).isEmpty();
    assertThat(after.request().cluster().find(Scenarios.HOME).orElseThrow().compute())
        .isEqualTo(
            Devices.find("raspberry-pi-5")
                .orElseThrow()
                .profile(Scenarios.HOME, Models.find("smollm2-360m").orElseThrow(), WeightType.FAST)
                .compute());
    assertThat(after.request().cluster().find(Scenarios.HOME).orElseThrow().memory())
        .isEqualTo(TODAY.cluster().find(Scenarios.HOME).orElseThrow().memory());
  }

  static Stream<Arguments> refused() {
    List<AddedDevice> noDevices = List.of();
    List<ChangedLink> noLinks = List.of();
    return Stream.of(
        Arguments.of(
            cluster(List.of(new AddedDevice("raspbery-pi-5", 1, 1)), List.of(), noLinks),
            "expected a device of the catalogue, found 'raspbery-pi-5': did you mean raspberry-pi-5?"),
        Arguments.of(
            cluster(List.of(new AddedDevice("rtx-4090", -1, 1)), List.of(), noLinks),
            "expected a finite latency of 0 ms or more and a finite rate above 0 from box"),
        Arguments.of(
            cluster(List.of(new AddedDevice("rtx-4090", 5, Double.NaN)), List.of(), noLinks),
            "expected a finite latency"),
        Arguments.of(
            cluster(noDevices, List.of("bax"), noLinks),
            "expected a node of the cluster, found 'bax': did you mean box?"),
        Arguments.of(
            cluster(noDevices, List.of("home"), noLinks),
            "expected a node other than the source to remove, found 'home'"),
        Arguments.of(
            cluster(noDevices, List.of(), List.of(new ChangedLink("home", "box", 0))),
            "expected a finite factor above 0 for the link of home and box, found 0.0"),
        Arguments.of(
            cluster(noDevices, List.of(), List.of(new ChangedLink("home", "home", 2))),
            "expected a link between two nodes, found 'home' twice"),
        Arguments.of(
            model("smollm2-135"),
            "expected a model of the catalogue, found 'smollm2-135': did you mean smollm2-135m"),
        Arguments.of(
            WhatIf.wanting(null, "edge-sole"),
            "expected a planner, found 'edge-sole': did you mean edge-solo?"),
        Arguments.of(
            new WhatIf(
                "speed", null, noDevices, List.of(), noLinks, null, null, null, null, null, null),
            "expected an objective, found 'speed': there are energy, request-time, throughput, token-time"),
        Arguments.of(
            new WhatIf(
                null, null, noDevices, List.of(), noLinks, null, 9000, null, null, null, null),
            "expected a context of at most 8192 tokens, which SmolLM2 135M"),
        Arguments.of(
            new WhatIf(
                null, null, noDevices, List.of(), noLinks, null, null, null, 500, null, null),
            "expected a request that fits into the promised context of 512 tokens, found one of 596"),
        Arguments.of(
            new WhatIf(null, null, noDevices, List.of(), noLinks, null, null, -1, null, null, null),
            "expected context, sequences and prefill chunk above 0"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void apply_impossible_isRefusedInOneSentence(WhatIf change, String sentence) {
    assertThatThrownBy(() -> after(change))
        .isInstanceOf(PlanRefusedException.class)
        .hasMessageStartingWith(sentence);
  }

  @Test
  void apply_nodeThatALayerIsPinnedToRemoved_isRefused() {
    Scenario pinned = Scenario.measured(Scenarios.pinned(3, Scenarios.BOX), BEST);

    assertThatThrownBy(() -> WhatIfs.apply(pinned, cluster(List.of(), List.of("box"), List.of())))
        .isInstanceOf(PlanRefusedException.class)
        .hasMessageContaining("which must run layer 3");
  }
}
