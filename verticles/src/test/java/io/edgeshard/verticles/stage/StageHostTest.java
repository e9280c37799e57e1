package io.edgeshard.verticles.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.sampling.SamplingParameters;
import io.edgeshard.runtime.shard.ShardSpec;
import io.edgeshard.runtime.shard.ShardSpec.Slots;
import io.edgeshard.runtime.shard.step.Span;
import io.edgeshard.verticles.CapturedLog;
import io.edgeshard.verticles.protocol.FailureCode;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.OpenSequence;
import io.edgeshard.verticles.protocol.ProtocolMessage.ReleaseSequence;
import io.edgeshard.verticles.protocol.SequenceId;
import io.edgeshard.verticles.protocol.SequenceSpan;
import io.edgeshard.verticles.protocol.StageTrace;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepFailed;
import io.edgeshard.verticles.protocol.StepId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A stage without a bus: its thread is a list of tasks that the test runs. */
class StageHostTest {
  private static final NodeId SOURCE = new NodeId("source");
  private static final PlanId PLAN = new PlanId(7);
  private final List<MicroBatch> forwarded = new ArrayList<>();
  private final List<StepCompleted> completed = new ArrayList<>();
  private final List<StepFailed> failed = new ArrayList<>();
  private static final int SLOTS = 3;

  private final List<SequenceId> slots = new ArrayList<>();

  private final List<ScriptedShard> shards = new ArrayList<>();
  private final Deque<Runnable> thread = new ArrayDeque<>();
  private long nowNanos;
  private final StageHost host =
      new StageHost(
          new NodeId("node-1"), this::load, new RecordingLinks(), thread::add, () -> nowNanos++);
  private final SequenceId sequence = SequenceId.random();

  @Test
  void run_middleStage_passesHiddenStatesOnWithItsTrace() {
    start(1, Optional.of(new NodeId("next")));
    open(sequence);
    host.run(hidden(step(0, 0, 5, 6), 1));
    runThread();
    assertThat(forwarded)
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.stage()).isEqualTo(2);
              assertThat(step.rows()).isEqualTo(2);
              assertThat(step.payload().getFloatLE(4)).isEqualTo(6f);
              assertThat(step.traces()).hasSize(2);
            });
  }

  @Test
  void run_onlyStage_samplesWhenAsked() {
    startOnly();
    host.run(prompt(0, 0, 3, 4));
    host.run(step(1, 2, 5));
    runThread();
    assertThat(completed).hasSize(2);
    assertThat(completed.get(0).results().get(0).token()).isEmpty();
    assertThat(completed.get(1).results().get(0).token().orElseThrow().id()).isEqualTo(6);
  }

  @Test
  void run_repeatedStep_isDroppedBeforeTheCache() {
    startOnly();
    MicroBatch first = step(0, 0, 3);
    host.run(first);
    host.run(first);
    runThread();
    assertThat(completed).hasSize(1);
    assertThat(failed).isEmpty();
    assertThat(shards.get(0).calls).hasSize(1);
  }

  @Test
  void run_stepOfAnotherPlan_isRefusedBeforeTheCache() {
    startOnly();
    host.run(MicroBatch.ofTokens(new StepId(new PlanId(6), 0), SOURCE, spans(0, 1, 1), 3));
    runThread();
    assertThat(failed)
        .singleElement()
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.STALE_PLAN));
    assertThat(shards.get(0).calls).isEmpty();
  }

  @Test
  void run_stepAfterALostOne_isRefusedAsRetryable() {
    startOnly();
    host.run(step(1, 4, 3));
    runThread();
    assertThat(failed.get(0).code()).isEqualTo(FailureCode.RETRYABLE);
    assertThat(failed.get(0).message()).contains("position 0", "found one at position 4", "lost");
    assertThat(shards.get(0).calls).isEmpty();
  }

  @Test
  void run_wrongPosition_isRefused() {
    startOnly();
    host.run(step(0, 1, 3));
    runThread();
    assertThat(failed.get(0).code()).isEqualTo(FailureCode.RETRYABLE);
  }

  @Test
  void run_unknownSequence_isRefused() {
    startOnly();
    SequenceSpan unknown = new SequenceSpan(SequenceId.random(), new Span(0, 0, 1, 1));
    host.run(MicroBatch.ofTokens(new StepId(PLAN, 0), SOURCE, List.of(unknown), 3));
    runThread();
    assertThat(failed.get(0).code()).isEqualTo(FailureCode.STALE_PLAN);
  }

  @Test
  void run_payloadOfAnotherSize_isRefused() {
    start(1, Optional.of(new NodeId("next")));
    open(sequence);
    host.run(step(0, 0, 3));
    runThread();
    assertThat(failed.get(0).code()).isEqualTo(FailureCode.STALE_PLAN);
    MicroBatch wrong = hidden(step(0, 0, 5, 6), 1);
    host.run(
        new MicroBatch(
            new StepId(PLAN, 0),
            SOURCE,
            1,
            spans(0, 7, 0),
            wrong.elementType(),
            0,
            1,
            List.of(),
            wrong.payload()));
    runThread();
    assertThat(failed.get(1).message()).contains("28 bytes", "found 8");
  }

  @Test
  void run_engineFails_leavesNoTraceAndTheSameMayBeSentAgain() {
    startOnly();
    shards.get(0).failsNext = true;
    MicroBatch first = step(0, 0, 3);
    host.run(first);
    runThread();
    assertThat(failed.get(0).code()).isEqualTo(FailureCode.FATAL);
    host.run(step(1, 0, 3));
    runThread();
    assertThat(completed).hasSize(1);
  }

  @Test
  void run_noShard_isRefused() {
    host.run(step(0, 0, 3));
    runThread();
    assertThat(failed.get(0).message()).contains("no shard");
  }

  @Test
  void run_queueFull_isRefusedAtOnce() {
    startOnly();
    for (int i = 0; i < 1025; i++) {
      host.run(step(i, i, 3));
    }
    assertThat(failed)
        .singleElement()
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.CAPACITY));
    assertThat(host.queuedSteps()).isEqualTo(1024);
  }

  @Test
  void open_noRoom_failsWithCapacity() {
    startOnly();
    for (int others = 1; others < SLOTS; others++) {
      open(SequenceId.random());
    }
    CompletionStage<?> oneMore = host.open(openCommand(SequenceId.random(), PLAN));
    runThread();
    assertRefused(oneMore, FailureCode.CAPACITY);
  }

  @Test
  void open_slotThatASequenceStillHas_releasesThatOne() {
    startOnly();
    runStep();
    slots.set(0, SequenceId.random());
    open(slots.get(0));
    assertThat(host.kvCacheBytes()).isZero();
    host.run(step(1, 1, 3));
    runThread();
    assertThat(failed).hasSize(1);
  }

  @Test
  void run_manySequences_eachHasItsResultAndAFailedOneFailsAlone() {
    startOnly();
    SequenceId second = SequenceId.random();
    SequenceId third = SequenceId.random();
    open(second);
    open(third);
    host.run(
        MicroBatch.ofTokens(
            new StepId(PLAN, 0),
            SOURCE,
            List.of(
                new SequenceSpan(third, new Span(2, 0, 2, 1)),
                new SequenceSpan(second, new Span(1, 9, 1, 1)),
                new SequenceSpan(sequence, new Span(0, 0, 1, 1))),
            7,
            8,
            20,
            30));
    runThread();
    assertThat(failed)
        .singleElement()
        .satisfies(failure -> assertThat(failure.sequences()).containsExactly(second));
    assertThat(completed.get(0).results())
        .extracting(StepCompleted.Result::sequence, each -> each.token().orElseThrow().id())
        .containsExactly(tuple(third, 9), tuple(sequence, 31));
  }

  @Test
  void open_otherPlan_failsAsStale() {
    startOnly();
    CompletionStage<?> stale = host.open(openCommand(SequenceId.random(), new PlanId(3)));
    runThread();
    assertRefused(stale, FailureCode.STALE_PLAN);
  }

  @Test
  void open_sequenceForgottenByItsSource_isReleasedAfterItsLease() {
    startOnly();
    runStep();
    nowNanos += Duration.ofMinutes(11).toNanos();
    open(SequenceId.random());
    assertThat(host.kvCacheBytes()).isZero();
  }

  @Test
  void release_waitingSteps_areDroppedAndTheCacheIsFreed() {
    startOnly();
    host.run(step(0, 0, 3));
    host.release(new ReleaseSequence(PLAN, sequence));
    runThread();
    assertThat(shards.get(0).calls).isEmpty();
    assertThat(host.kvCacheBytes()).isZero();
    assertThat(completed).isEmpty();
  }

  @Test
  void releaseAllOf_source_freesItsSequencesOnly() {
    startOnly();
    runStep();
    host.open(
        new OpenSequence(PLAN, SequenceId.random(), 1, new NodeId("other"), 8, Optional.empty()));
    assertThat(host.kvCacheBytes()).isEqualTo(1);
    host.releaseAllOf(SOURCE);
    runThread();
    assertThat(host.kvCacheBytes()).isZero();
    host.run(step(1, 1, 3));
    runThread();
    assertThat(failed)
        .singleElement()
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.STALE_PLAN));
  }

  @Test
  void open_tooManyOrdersWait_failsWithCapacityAndClosingGoesOn() {
    startOnly();
    for (int i = 0; i < 4096; i++) {
      host.open(openCommand(SequenceId.random(), PLAN));
    }
    assertRefused(host.open(openCommand(SequenceId.random(), PLAN)), FailureCode.CAPACITY);
    CompletionStage<?> closed = host.close();
    runThread();
    assertThat(closed.toCompletableFuture()).isCompleted();
    assertThat(shards.get(0).closed).isTrue();
  }

  @Test
  void close_stepsThatWait_areRefusedToTheirSource() {
    startOnly();
    host.run(step(0, 0, 3));
    host.close();
    host.run(step(1, 1, 3));
    runThread();
    assertThat(failed)
        .hasSize(2)
        .allSatisfy(failure -> assertThat(failure.code()).isEqualTo(FailureCode.STALE_PLAN));
  }

  @Test
  void release_shardFails_isLoggedAndTheStageGoesOn() {
    startOnly();
    shards.get(0).failsRelease = true;
    try (CapturedLog log = CapturedLog.of(StageHost.class)) {
      host.release(new ReleaseSequence(PLAN, sequence));
      runThread();
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("event=release-failed", sequence.toString(), "scripted failure");
    }
    open(SequenceId.random());
  }

  @Test
  void load_again_closesTheOldShardFirst() {
    startOnly();
    start(0, Optional.empty());
    assertThat(shards).hasSize(2);
    assertThat(shards.get(0).closed).isTrue();
    assertThat(shards.get(1).closed).isFalse();
  }

  @Test
  void load_impossible_failsAndLeavesNoShard() {
    CompletionStage<?> loaded = host.load(command(0, Optional.empty(), new LayerRange(0, 99)));
    runThread();
    assertThatThrownBy(() -> loaded.toCompletableFuture().join())
        .hasCauseInstanceOf(ModelException.class);
    assertThat(host.plan()).isZero();
  }

  private ShardSource.LoadedShard load(LoadShard command) {
    if (command.layers().end() > 30) {
      throw new ModelException("expected at most 30 layers, found " + command.layers());
    }
    ScriptedShard shard =
        new ScriptedShard(
            new ShardSpec(
                command.layers(),
                command.isFirst(),
                command.isLast(),
                command.weightType(),
                1,
                new Slots(SLOTS, 4096)));
    shards.add(shard);
    return new ShardSource.LoadedShard(shard, ScriptedShard.HIDDEN);
  }

  private void runStep() {
    host.run(step(0, 0, 3));
    runThread();
  }

  private void startOnly() {
    start(0, Optional.empty());
    open(sequence);
  }

  private void start(int stage, Optional<NodeId> next) {
    CompletionStage<?> loaded = host.load(command(stage, next, new LayerRange(0, 10)));
    runThread();
    assertThat(loaded.toCompletableFuture()).isCompleted();
  }

  private static LoadShard command(int stage, Optional<NodeId> next, LayerRange layers) {
    return new LoadShard(
        PLAN, stage, layers, next, WeightType.FAST, new Workload(64, 2, 16), "sha");
  }

  private void open(SequenceId id) {
    CompletionStage<?> opened = host.open(openCommand(id, PLAN));
    runThread();
    assertThat(opened.toCompletableFuture()).isCompleted();
  }

  private OpenSequence openCommand(SequenceId id, PlanId plan) {
    return new OpenSequence(
        plan,
        id,
        slot(id),
        SOURCE,
        32,
        Optional.of(OpenSequence.Sampling.of(SamplingParameters.greedy(), new int[0])));
  }

  private MicroBatch step(int number, int position, int... tokens) {
    return MicroBatch.ofTokens(
        new StepId(PLAN, number), SOURCE, spans(position, tokens.length, 1), tokens);
  }

  private MicroBatch prompt(int number, int position, int... tokens) {
    return MicroBatch.ofTokens(
        new StepId(PLAN, number), SOURCE, spans(position, tokens.length, 0), tokens);
  }

  private List<SequenceSpan> spans(int position, int rows, int logits) {
    return List.of(new SequenceSpan(sequence, new Span(slot(sequence), position, rows, logits)));
  }

  /** Each sequence has a slot of its own, in the order in which the test names them. */
  private int slot(SequenceId id) {
    if (!slots.contains(id)) {
      slots.add(id);
    }
    return slots.indexOf(id);
  }

  /** The step as the stage before {@code stage} would send it. */
  private static MicroBatch hidden(MicroBatch step, int stage) {
    ByteBuffer states =
        ByteBuffer.allocate(step.rows() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int id : step.tokenIds()) {
      states.putFloat(id);
    }
    assertThat(stage).isEqualTo(1);
    return step.toNextStage(step.spans(), states.flip(), new StageTrace(1, 2));
  }

  private void runThread() {
    while (!thread.isEmpty()) {
      thread.remove().run();
    }
  }

  private static void assertRefused(CompletionStage<?> asked, FailureCode code) {
    assertThatThrownBy(() -> asked.toCompletableFuture().join())
        .hasCauseInstanceOf(StageException.class)
        .cause()
        .extracting(cause -> ((StageException) cause).code())
        .isEqualTo(code);
  }

  private final class RecordingLinks implements StageLinks {
    @Override
    public void forward(NodeId next, MicroBatch step) {
      forwarded.add(step);
    }

    @Override
    public void completed(NodeId source, StepCompleted step) {
      completed.add(step);
    }

    @Override
    public void failed(NodeId source, StepFailed step) {
      failed.add(step);
    }
  }
}
