package io.edgeshard.verticles.profile.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.profile.LinkId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkRoundsTest {
  private static final LinkId AB = link("a", "b");
  private static final LinkId CD = link("c", "d");

  @Test
  void next_pairsThatShareANode_takeTurns() {
    assertThat(LinkRounds.next(List.of(link("b", "c"), AB, link("b", "a")), List.of(), Map.of()))
        .containsExactly(AB);
  }

  @Test
  void next_pairsOfDifferentNodes_areMeasuredTogether() {
    assertThat(LinkRounds.next(List.of(CD, AB), List.of(), Map.of())).containsExactly(AB, CD);
  }

  @Test
  void next_pairsThatShareAMachine_takeTurns() {
    Map<NodeId, String> machines = Map.of(new NodeId("b"), "one", new NodeId("c"), "one");
    assertThat(LinkRounds.next(List.of(AB, CD), List.of(), machines)).containsExactly(AB);
    assertThat(LinkRounds.next(List.of(CD), List.of(AB), machines)).isEmpty();
  }

  @Test
  void next_bothOnOneMachine_areMeasured() {
    Map<NodeId, String> machines = Map.of(new NodeId("a"), "one", new NodeId("b"), "one");
    assertThat(LinkRounds.next(List.of(AB), List.of(), machines)).containsExactly(AB);
  }

  private static LinkId link(String from, String to) {
    return new LinkId(new NodeId(from), new NodeId(to));
  }
}
