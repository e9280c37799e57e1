package io.edgeshard.verticles.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.runtime.shard.ShardSpec;
import io.edgeshard.runtime.shard.step.Span;
import io.edgeshard.verticles.CapturedLog;
import io.edgeshard.verticles.protocol.FailureCode;
import io.edgeshard.verticles.protocol.Fragments;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.ProtocolMessage.Probe;
import io.edgeshard.verticles.protocol.ProtocolMessage.ProbeAnswer;
import io.edgeshard.verticles.protocol.ProtocolMessage.Unreadable;
import io.edgeshard.verticles.protocol.SequenceId;
import io.edgeshard.verticles.protocol.SequenceSpan;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepFailed;
import io.edgeshard.verticles.protocol.StepId;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Messages to a stage without a bus; its thread does everything at once. */
class StageCommandsTest {
  private static final NodeId SOURCE = new NodeId("source");
  private static final PlanId PLAN = new PlanId(7);
  private static final LoadShard LOAD =
      new LoadShard(
          PLAN,
          1,
          new LayerRange(1, 2),
          Optional.empty(),
          WeightType.FAST,
          new Workload(64, 2, 16),
          "sha");
  private final List<StepFailed> failed = new ArrayList<>();
  private final StageHost host =
      new StageHost(
          new NodeId("node-1"),
          StageCommandsTest::load,
          new FailureLinks(),
          Runnable::run,
          () -> 0L);
  private final StageCommands commands = new StageCommands(host, () -> 42L, () -> 4096L);
  private final List<MicroBatch> parts = Fragments.cut(wideStep());

  @Test
  void take_fragmentAfterALostOne_failsTheStepToItsSource() {
    commands.take(parts.get(0));
    assertThat(commands.take(parts.get(2))).isEmpty();
    assertThat(failed)
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.step()).isEqualTo(parts.get(0).step());
              assertThat(failure.code()).isEqualTo(FailureCode.RETRYABLE);
              assertThat(failure.message()).contains("found fragment 2", "lost");
            });
  }

  @Test
  void take_lastFragment_runsTheStep() {
    parts.forEach(commands::take);
    assertThat(failed)
        .singleElement()
        .satisfies(failure -> assertThat(failure.message()).contains("no shard"));
  }

  @Test
  void take_loadShard_dropsTheFragmentsForTheShardBefore() {
    assertFirstFragmentsGoneAfter(() -> commands.take(LOAD));
  }

  @Test
  void releaseAllOf_lostSource_dropsItsFragments() {
    assertFirstFragmentsGoneAfter(() -> commands.releaseAllOf(SOURCE));
  }

  @Test
  void take_probe_answersAtOnce() {
    answer(LOAD);
    assertThat(answer(new Probe())).isEqualTo(new ProbeAnswer(7, 42, 0, 0, 4096));
  }

  @Test
  void take_unreadable_failsWithItsReason() {
    try (CapturedLog log = CapturedLog.of(StageCommands.class)) {
      assertRefused(new Unreadable("expected version 1, found 9"), "expected version 1, found 9");
      assertThat(log.lines())
          .containsExactly("event=message-refused reason=\"expected version 1, found 9\"");
    }
  }

  @Test
  void take_messageForSomebodyElse_failsWithItsName() {
    assertRefused(
        new StepFailed(parts.get(0).step(), List.of(), SOURCE, FailureCode.FATAL, ""),
        "found StepFailed");
  }

  private void assertFirstFragmentsGoneAfter(Runnable command) {
    commands.take(parts.get(0));
    commands.take(parts.get(1));
    command.run();
    commands.take(parts.get(2));
    assertThat(failed)
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.message())
                    .contains("expected fragment 0 of step 0, found fragment 2"));
  }

  private Object answer(ProtocolMessage message) {
    return commands.take(message).orElseThrow().toCompletableFuture().join();
  }

  private void assertRefused(ProtocolMessage message, String reason) {
    CompletionStage<?> answer = commands.take(message).orElseThrow();
    assertThatThrownBy(() -> answer.toCompletableFuture().join())
        .cause()
        .isInstanceOfSatisfying(
            StageException.class,
            refused -> assertThat(refused.code()).isEqualTo(FailureCode.FATAL))
        .hasMessageContaining(reason);
  }

  private static ShardSource.LoadedShard load(LoadShard command) {
    return new ShardSource.LoadedShard(
        new ScriptedShard(
            new ShardSpec(
                command.layers(),
                command.isFirst(),
                command.isLast(),
                command.weightType(),
                1,
                new ShardSpec.Slots(4, 4096))),
        ScriptedShard.HIDDEN);
  }

  private static MicroBatch wideStep() {
    return new MicroBatch(
        new StepId(PLAN, 0),
        SOURCE,
        1,
        List.of(new SequenceSpan(SequenceId.random(), new Span(0, 0, 1, 0))),
        MicroBatch.ElementType.FLOAT32,
        0,
        1,
        List.of(),
        Buffer.buffer(new byte[3 * Fragments.MAX_BYTES]));
  }

  private final class FailureLinks implements StageLinks {
    @Override
    public void forward(NodeId next, MicroBatch step) {
      throw new AssertionError("expected no step to get through, found " + step);
    }

    @Override
    public void completed(NodeId source, StepCompleted completed) {
      throw new AssertionError("expected no step to be completed, found " + completed);
    }

    @Override
    public void failed(NodeId source, StepFailed step) {
      assertThat(source).isEqualTo(SOURCE);
      failed.add(step);
    }
  }
}
