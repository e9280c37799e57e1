package io.edgeshard.verticles.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.runtime.shard.step.Span;
import io.edgeshard.verticles.CapturedLog;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.FailureCode;
import io.edgeshard.verticles.protocol.Fragments;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.SequenceId;
import io.edgeshard.verticles.protocol.SequenceSpan;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepFailed;
import io.edgeshard.verticles.protocol.StepId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a stage's results when the bus does not take them. */
class BusStageLinksTest {
  private static final NodeId SOURCE = new NodeId("source");
  private static final NodeId NEXT = new NodeId("next");
  private final StepId step = new StepId(new PlanId(7), 3);
  private final StepCompleted result = new StepCompleted(step, List.of(), List.of());
  private final List<Map.Entry<String, ProtocolMessage>> written = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private int failures;
  private final BusStageLinks links =
      new BusStageLinks(new NodeId("node-1"), this::write, Runnable::run);

  @Test
  void completed_writeTaken_isWrittenOnce() {
    links.completed(SOURCE, result);
    assertThat(written).containsExactly(Map.entry(Addresses.source(SOURCE), result));
  }

  @Test
  void completed_writeFails_isWrittenOnceMore() {
    failures = 1;
    links.completed(SOURCE, result);
    assertThat(written).containsExactly(Map.entry(Addresses.source(SOURCE), result));
  }

  @Test
  void completed_sourceIsGone_isGivenUpAfterTheSecondWrite() {
    failures = 10;
    try (CapturedLog log = CapturedLog.of(BusStageLinks.class)) {
      links.completed(SOURCE, result);
      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().get(1))
          .contains("event=result-not-written", "fate=\"lost\"", "connection was closed");
    }
    assertThat(failures).isEqualTo(8);
  }

  @Test
  void failed_writeFails_isWrittenOnceMore() {
    StepFailed failed =
        new StepFailed(step, List.of(), new NodeId("node-1"), FailureCode.FATAL, "out of order");
    failures = 1;
    links.failed(SOURCE, failed);
    assertThat(written).containsExactly(Map.entry(Addresses.source(SOURCE), failed));
  }

  @Test
  void forward_nextNodeIsGone_failsTheStepToItsSourceOnce() {
    broken.add(Addresses.stage(NEXT));
    failures = 1;
    links.forward(NEXT, wide());
    assertThat(written)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.getKey()).isEqualTo(Addresses.source(SOURCE));
              assertThat(entry.getValue())
                  .isInstanceOfSatisfying(
                      StepFailed.class,
                      failed -> {
                        assertThat(failed.step()).isEqualTo(step);
                        assertThat(failed.code()).isEqualTo(FailureCode.RETRYABLE);
                        assertThat(failed.message()).contains("node-1 cannot reach next");
                      });
            });
  }

  @Test
  void forward_wideStep_goesInFragments() {
    links.forward(NEXT, wide());
    assertThat(written)
        .hasSize(3)
        .allSatisfy(entry -> assertThat(entry.getKey()).isEqualTo(Addresses.stage(NEXT)));
  }

  @Test
  void forward_stepBeyondAllFragments_failsItForGood() {
    links.forward(NEXT, step(Fragments.MAX_STEP_BYTES + 1));
    assertThat(written)
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.getValue())
                    .isInstanceOfSatisfying(
                        StepFailed.class,
                        failed -> {
                          assertThat(failed.code()).isEqualTo(FailureCode.FATAL);
                          assertThat(failed.message()).contains("--prefill-chunk");
                        }));
  }

  private MicroBatch wide() {
    return step(3 * Fragments.MAX_BYTES);
  }

  private MicroBatch step(int bytes) {
    return new MicroBatch(
        step,
        SOURCE,
        1,
        List.of(new SequenceSpan(SequenceId.random(), new Span(0, 0, 1, 0))),
        MicroBatch.ElementType.FLOAT32,
        0,
        1,
        List.of(),
        Buffer.buffer(new byte[bytes]));
  }

  /** A bus of which some addresses are never reached, and others not for the first writes. */
  private Future<Void> write(String address, ProtocolMessage message) {
    if (broken.contains(address)) {
      return Future.failedFuture("no handlers for " + address);
    }
    if (failures > 0) {
      failures--;
      return Future.failedFuture("connection was closed");
    }
    written.add(Map.entry(address, message));
    return Future.succeededFuture();
  }
}
