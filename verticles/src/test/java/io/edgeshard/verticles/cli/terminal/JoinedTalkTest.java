package io.edgeshard.verticles.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.verticles.local.node.ClusterView;
import io.edgeshard.verticles.local.node.ClusterView.Share;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JoinedTalkTest {
  private static final String PAGE = "http://192.168.1.10:8080";
  private static final Share SHARE = new Share(7, 15, 30, true);

  private final JoinedTalk talk = new JoinedTalk();

  private static ClusterView view(Optional<Share> share, String... others) {
    return new ClusterView(
        "home",
        PAGE,
        Arrays.stream(others)
            .collect(Collectors.toMap(Function.identity(), node -> "join --name " + node)),
        share);
  }

  @Test
  void next_entersTheCluster_tellsItsPageAndThenItsLayersOnce() {
    assertThat(talk.next(view(Optional.empty(), "home")))
        .containsExactly(
            "in the cluster of 'home', whose page is " + PAGE + "; this node has no layers yet");
    assertThat(talk.next(view(Optional.empty(), "home"))).isEmpty();
    assertThat(talk.next(view(Optional.of(SHARE), "home")))
        .containsExactly("ready: this node runs layers 15-29 and the head");
    assertThat(talk.next(view(Optional.of(SHARE), "home"))).isEmpty();
    assertThat(talk.next(view(Optional.of(new Share(8, 30, 30, true)), "home")))
        .contains("ready: this node runs the head");
  }

  @Test
  void next_beforeAnybodyIsSeen_saysNothing() {
    assertThat(talk.next(view(Optional.empty()))).isEmpty();
  }

  @Test
  void next_anotherNodeLostAndBack_tellsTheLineThatBringsItBack() {
    talk.next(view(Optional.of(SHARE), "home", "box"));

    assertThat(talk.next(view(Optional.of(SHARE), "home")))
        .containsExactly(
            "node 'box' is gone; on its machine this brings it back:", "  join --name box");
    assertThat(talk.next(view(Optional.of(SHARE), "home"))).isEmpty();
    assertThat(talk.next(view(Optional.of(SHARE), "home", "box")))
        .containsExactly("node 'box' is back");
  }

  @Test
  void next_servingNodeLostAndBack_isTheClusterGoneAndReadyOnlyWithANewPlan() {
    talk.next(view(Optional.of(SHARE), "home", "box"));

    assertThat(talk.next(view(Optional.of(SHARE), "box")))
        .containsExactly(
            "the cluster is gone: 'home', which serves it, has left",
            "  this node goes on and takes part again once it is back; Ctrl-C ends this node");
    assertThat(talk.next(view(Optional.of(SHARE), "box"))).isEmpty();
    assertThat(talk.next(view(Optional.of(SHARE), "home", "box")))
        .containsExactly("the cluster is back");
    assertThat(talk.next(view(Optional.of(new Share(8, 15, 30, true)), "home", "box")))
        .first()
        .asString()
        .startsWith("ready: ");
  }

  @Test
  void next_servingNodeNotKnown_theClusterIsWhoeverIsThere() {
    ClusterView here = view(Optional.empty(), "home");
    talk.next(new ClusterView("", "", here.others(), Optional.empty()));

    assertThat(talk.next(new ClusterView("", "", java.util.Map.of(), Optional.empty())))
        .contains("the cluster is gone");
  }
}
