package io.edgeshard.verticles.pipeline.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.protocol.ProtocolMessage.Probe;
import io.edgeshard.verticles.protocol.ProtocolMessage.ProbeAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StageProbesTest {
  private static final NodeId ONE = new NodeId("one");
  private static final NodeId OTHER = new NodeId("other");
  private static final ProbeAnswer ANSWER = new ProbeAnswer(1, 2, 3, 4, 5);
  private final CompletableFuture<Object> one = new CompletableFuture<>();
  private final CompletableFuture<Object> other = new CompletableFuture<>();
  private final List<String> heard = new ArrayList<>();
  private long nowNanos = 10;
  private final StageProbes probes =
      new StageProbes(
          node -> node.equals(ONE) ? one : other,
          (node, askedNanos, answer) -> heard.add(node + " asked at " + askedNanos + " " + answer),
          () -> nowNanos);

  @Test
  void ask_answered_tellsWhenItWasAsked() {
    probes.ask(List.of(ONE, OTHER));
    nowNanos = 25;
    other.complete(ANSWER);
    assertThat(heard).containsExactly("other asked at 10 " + ANSWER);
  }

  @Test
  void ask_oneStageFails_hearsTheOtherOnly() {
    probes.ask(List.of(ONE, OTHER));
    one.completeExceptionally(new IllegalStateException("no answer"));
    other.complete(ANSWER);
    assertThat(heard).hasSize(1);
  }

  @Test
  void ask_answerOfAnotherKind_isNone() {
    probes.ask(List.of(ONE));
    one.complete(new Probe());
    assertThat(heard).isEmpty();
  }
}
