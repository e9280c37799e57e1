package io.edgeshard.verticles.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.profile.NodeMeasurement.Memory;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineStage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterProfilesTest {
  private static final NodeInfo A = node("a");
  private static final NodeInfo B = node("b");

  @Test
  void of_measuredNodes_takesTimesLinksAndMachines() {
    Measurements all = Published.by(List.of(A, B));
    ClusterProfile cluster = ClusterProfiles.of(all.nodes().values(), all.links().values());
    NodeProfile a = cluster.find(new NodeId("a")).orElseThrow();
    assertThat(a.machine()).isEqualTo("machine of a");
    assertThat(a.compute()).isEqualTo(Published.node(A, "m").times());
    assertThat(cluster.link(new NodeId("a"), new NodeId("b")).orElseThrow().latencyMs())
        .isEqualTo(0.4);
  }

  @Test
  void of_linkMissing_isNeverBuilt() {
    Measurements all = Published.by(List.of(A, B));
    assertThatThrownBy(
            () -> ClusterProfiles.of(all.nodes().values(), List.of(Published.link(A, B))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a measured link from b to a");
  }

  @Test
  void of_linksOfNodesThatAreGone_areLeftOut() {
    Measurements all = Published.by(List.of(A, B));
    NodeMeasurement onlyA = Published.node(A, "m");
    assertThat(ClusterProfiles.of(List.of(onlyA), all.links().values()).links())
        .singleElement()
        .matches(LinkProfile::isInner);
  }

  @Test
  void of_nodesOfOneMachine_offerTogetherWhatWasFreeBeforeTheFirst() {
    // Both saw what was free when they started; the second when the first had taken its part.
    List<NodeMeasurement> nodes =
        List.of(
            with(Published.node(A, "one"), new Memory(16_000, 10_000, 10_000, 1_000, 100)),
            with(Published.node(B, "one"), new Memory(16_000, 6_000, 6_000, 600, 100)));
    Measurements all = Published.by(List.of(A, B));
    assertThat(ClusterProfiles.of(nodes, all.links().values()).nodes())
        .extracting(NodeProfile::memory)
        .containsExactly(new MemoryOffer(6_250, 625, 100), new MemoryOffer(3_750, 375, 100));
  }

  @Test
  void of_nodesOfOneMachineWithCapsThatFit_keepThem() {
    List<NodeMeasurement> nodes =
        List.of(
            with(Published.node(A, "one"), new Memory(16_000, 10_000, 4_000, 0, 100)),
            with(Published.node(B, "one"), new Memory(16_000, 6_000, 5_000, 0, 100)));
    Measurements all = Published.by(List.of(A, B));
    assertThat(ClusterProfiles.of(nodes, all.links().values()).nodes())
        .extracting(node -> node.memory().usableBytes())
        .containsExactly(4_000L, 5_000L);
  }

  @Test
  void memory_moreThanTheMachineHas_isRefused() {
    assertThatThrownBy(() -> new Memory(16_000, 10_000, 17_000, 0, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected memory within the 16000 bytes that the machine has, found 10000 free and"
                + " 17000 to be used");
  }

  @Test
  void link_nonsense_isRefused() {
    for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new LinkMeasurement("a", "b", "m", "n", 0.4, rate, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a finite rate above 0 from a to b");
    }
  }

  @Test
  void seen_traffic_movesTheLatencyPartOfTheWay() {
    LinkMeasurement link = new LinkMeasurement("a", "b", "m", "n", 0.4, 1e6, 0);
    // 1000 bytes take 1 ms of it.
    assertThat(link.seen(1000, 2.4, 0.5).latencyMs()).isCloseTo(0.9, within(1e-9));
    assertThat(link.seen(1000, 0.2, 1).latencyMs()).isZero();
  }

  @Test
  void seen_stageOfALongRange_movesTheNodePartOfTheWay() {
    NodeMeasurement node = Published.node(node("a"), "machine");
    double asMeasuredMs = node.times().decodeStageMs(90, true, false, 1, 80);
    NodeMeasurement seen = node.seen(new RefineStage(90, true, false, 80, 2 * asMeasuredMs), 0.5);
    // Ten layers more count as measured: (180 + 10) / (90 + 10), and half of the way there.
    assertThat(seen.served()).isCloseTo(1.45, within(1e-9));
    assertThat(seen.servedTimes().decode().ms(1, 80))
        .isCloseTo(1.45 * node.times().decode().ms(1, 80), within(1e-9));
    assertThat(ClusterProfiles.of(List.of(seen), List.of()).nodes().get(0).compute())
        .isEqualTo(seen.servedTimes());
  }

  @Test
  void after_measuredAnew_countsAsFastAsItServedBefore() {
    NodeMeasurement node = Published.node(node("a"), "machine");
    NodeMeasurement served = node.seen(new RefineStage(90, true, false, 80, 500), 1);
    NodeMeasurement again = node.after(served);
    assertThat(again.servedTimes()).isEqualTo(served.servedTimes());
    assertThat(node.after(node).served()).isEqualTo(1);
  }

  @Test
  void served_ofAnEarlierRelease_isAsMeasured() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    NodeMeasurement node = Published.node(node("a"), "machine");
    ObjectNode text = json.valueToTree(node);
    text.remove("served");
    assertThat(json.treeToValue(text, NodeMeasurement.class)).isEqualTo(node);
  }

  @Test
  void seen_stageWithoutLayers_saysLittle() {
    NodeMeasurement node = Published.node(node("a"), "machine");
    double asMeasuredMs = node.times().decodeStageMs(0, false, true, 1, 80);
    NodeMeasurement seen = node.seen(new RefineStage(0, false, true, 80, 3 * asMeasuredMs), 1);
    assertThat(seen.served()).isBetween(1.0, 1.4);
  }

  @Test
  void seen_again_goesBackToWhatIsServed() {
    NodeMeasurement node = Published.node(node("a"), "machine");
    RefineStage asMeasured =
        new RefineStage(30, true, true, 80, node.times().decodeStageMs(30, true, true, 1, 80));
    NodeMeasurement seen = node.seen(new RefineStage(30, true, true, 80, 500), 1);
    assertThat(seen.served()).isGreaterThan(3);
    assertThat(seen.seen(asMeasured, 1).served()).isCloseTo(1, within(1e-9));
  }

  private static NodeMeasurement with(NodeMeasurement node, Memory memory) {
    return new NodeMeasurement(
        node.node(),
        node.memberId(),
        node.machine(),
        node.processor(),
        node.model(),
        memory,
        node.times(),
        node.spread(),
        node.served(),
        node.watts());
  }

  private static NodeInfo node(String name) {
    return new NodeInfo(name, "member-" + name, "127.0.0.1", 1 << 20, 2, "");
  }
}
