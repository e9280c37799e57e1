package io.edgeshard.verticles.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.web.status.ClusterStatus;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterTalkTest {
  private static final String PAGE = "http://127.0.0.1:8080";
  private static final String LINE = "edgeshard join 127.0.0.1 --name box --memory 1024m";

  private final ClusterTalk talk = ClusterTalk.ofStarting(PAGE, () -> List.of("  the plan"));

  private static ClusterStatus ready(String... nodes) {
    return status("", List.of(), "", nodes);
  }

  private static ClusterStatus waiting(String doing) {
    return status("the cluster is starting", List.of(), doing, "home");
  }

  private static ClusterStatus lost(String doing, String... nodes) {
    return status(
        "box has left", List.of(new ClusterStatus.Loss("box", "10.0.0.2", LINE)), doing, nodes);
  }

  private static ClusterStatus status(
      String reason, List<ClusterStatus.Loss> losses, String doing, String... nodes) {
    List<ClusterStatus.Node> all =
        Arrays.stream(nodes)
            .map(id -> new ClusterStatus.Node(id, "ready", 0, 1, false, false, 1, 1, 1))
            .toList();
    return new ClusterStatus(
        reason.isEmpty(), reason, "m", "fast", 1, 2, all, 0, List.of(), losses, doing);
  }

  @Test
  void next_clusterStarts_tellsEachReasonOnceThenThePageAndThePlan() throws Exception {
    assertThat(talk.next(waiting("waiting for nodes: 1 of 2 are here")))
        .containsExactly("  waiting for nodes: 1 of 2 are here");
    assertThat(talk.next(waiting("waiting for nodes: 1 of 2 are here"))).isEmpty();
    assertThat(talk.next(waiting(""))).containsExactly("  the cluster is starting");
    assertThat(talk.next(ready("home", "box"))).containsExactly("ready: " + PAGE, "  the plan");
    assertThat(talk.next(ready("home", "box"))).isEmpty();
  }

  @Test
  void next_nodeLostAndBack_tellsTheLineThatBringsItBackAndThatItIsThereAgain() throws Exception {
    talk.next(ready("home", "box"));

    assertThat(talk.next(lost("waiting for nodes: 1 of 2 are here", "home")))
        .containsExactly(
            "node 'box' is gone; on 10.0.0.2 this brings it back:",
            "  " + LINE,
            "  waiting for nodes: 1 of 2 are here");
    assertThat(talk.next(lost("waiting for nodes: 1 of 2 are here", "home"))).isEmpty();
    assertThat(talk.next(status("loading", List.of(), "loading", "home", "box")))
        .containsExactly("node 'box' is back", "  loading");
    assertThat(talk.next(ready("home", "box")))
        .containsExactly("ready again: " + PAGE, "  the plan");
  }

  @Test
  void next_clusterGoesOnWithoutTheNode_tellsOfItsReturnAllTheSame() throws Exception {
    ClusterTalk running = ClusterTalk.ofReady(PAGE, List::of);
    assertThat(running.next(ready("home", "box"))).isEmpty();
    assertThat(running.next(lost("", "home"))).hasSize(3);
    assertThat(running.next(ready("home"))).containsExactly("ready again: " + PAGE);
    assertThat(running.next(ready("home", "box"))).containsExactly("node 'box' is back");
  }

  @Test
  void next_shardOfALostNodeIsListed_isNotTakenForItsReturn() throws Exception {
    talk.next(ready("home", "box"));
    ClusterStatus.Node gone = new ClusterStatus.Node("box", "lost", 1, 2, false, true, 1, 1, 1);
    ClusterStatus lost = lost("", "home");

    assertThat(
            talk.next(
                new ClusterStatus(
                    false,
                    lost.reason(),
                    "m",
                    "fast",
                    1,
                    2,
                    List.of(gone),
                    0,
                    List.of(),
                    lost.losses(),
                    "")))
        .noneMatch(line -> line.contains("is back"));
  }
}
