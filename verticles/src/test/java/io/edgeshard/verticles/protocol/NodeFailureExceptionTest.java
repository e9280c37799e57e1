package io.edgeshard.verticles.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.runtime.ModelException;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodeFailureExceptionTest {
  private static final NodeId NODE = new NodeId("attic");
  private static final String FOREIGN =
      "Timed out after waiting 8000(ms) for a reply. address: __vertx.reply.7";

  @ParameterizedTest
  @EnumSource(names = "RECIPIENT_FAILURE", mode = EnumSource.Mode.EXCLUDE)
  void of_failureOfTheBus_saysItInOurWords(ReplyFailure kind) {
    NodeFailureException told = of(new ReplyException(kind, FOREIGN));
    assertThat(told).hasMessageStartingWith("node attic ");
    assertThat(told.getMessage()).doesNotContain("vertx").doesNotContain("Timed out");
    assertThat(told.code()).isEqualTo(FailureCode.RETRYABLE);
  }

  @Test
  void of_timeOut_namesTheLimit() {
    assertThat(of(new ReplyException(ReplyFailure.TIMEOUT, FOREIGN)))
        .hasMessage("node attic has not answered within 8 s");
  }

  @Test
  void of_refusalByTheNode_handsOnItsWordsAndCode() {
    NodeFailureException told =
        of(
            new ReplyException(
                ReplyFailure.RECIPIENT_FAILURE, FailureCode.CAPACITY.number(), "attic is full"));
    assertThat(told).hasMessage("attic is full");
    assertThat(told.code()).isEqualTo(FailureCode.CAPACITY);
  }

  @Test
  void of_brokenConnection_saysThatItCannotBeReached() {
    assertThat(of(new java.net.ConnectException("Connection refused: /10.0.0.7:5702")))
        .hasMessage("node attic cannot be reached");
  }

  @Test
  void told_exceptionOfOurs_hasItsOwnWords() {
    assertThat(
            NodeFailureException.told(
                new CompletionException(new ModelException("expected a model", new Error("x")))))
        .isEqualTo("expected a model");
    assertThat(NodeFailureException.told(NODE, new ModelException("expected a model")))
        .isEqualTo("expected a model");
  }

  @Test
  void told_faultOfTheProgram_keepsItsWordsToTheLog() {
    RuntimeException fault = new CompletionException(new NullPointerException("a prompt"));
    assertThat(NodeFailureException.told(fault)).doesNotContain("prompt").contains("log");
    assertThat(NodeFailureException.told(NODE, fault))
        .isEqualTo("node attic made a mistake; its log says where");
  }

  private static NodeFailureException of(Throwable failure) {
    return NodeFailureException.of(NODE, failure, Duration.ofSeconds(8));
  }
}
