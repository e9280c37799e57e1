package io.edgeshard.verticles.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.plan.MemoryEstimate;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.pipeline.request.ByteTokenizer;
import io.edgeshard.verticles.pipeline.request.ServingModel;
import io.edgeshard.web.generation.GenerationEvent;
import io.edgeshard.web.generation.GenerationRefusedException;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.edgeshard.web.generation.GenerationRequest;
import io.edgeshard.web.generation.SamplingDefaults;
import io.edgeshard.web.generation.ServedModel;
import io.edgeshard.web.metrics.GenerationMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One sequence at once and one that waits; encoding happens when the test says so. */
class RequestIntakeTest {
  private static final NodeId SOURCE = new NodeId("a");
  private static final int CONTEXT = 16;
  private long nowNanos = 1;
  private final ScriptedStages stages = new ScriptedStages();
  private final List<GenerationEvent> events = new ArrayList<>();
  private final Deque<Runnable> encoding = new ArrayDeque<>();
  private final Pipeline pipeline =
      new Pipeline(
          SOURCE, 1, stages, new GenerationMetrics(new SimpleMeterRegistry()), () -> nowNanos);
  private final RequestIntake intake = intake(encoding::add);

  @BeforeEach
  void activate() {
    pipeline.activate(plan(1));
  }

  private static ActivePlan plan(long id) {
    MemoryEstimate memory = new MemoryEstimate(1, 1, 1, 1, 0);
    return new ActivePlan(
        new ShardPlan(
            new PlanId(id),
            List.of(new ShardAssignment(SOURCE, new LayerRange(0, 5), true, true, memory))),
        new Workload(64, 1, 16));
  }

  @Test
  void take_request_isEncodedThenRuns() {
    CompletableFuture<RequestIntake.Admitted> admitted = take("abc");
    assertThat(admitted).isNotDone();
    assertThat(stages.steps).isEmpty();
    assertThat(pipeline.isIdle()).isFalse();
    encoding.remove().run();
    assertThat(admitted.join().promptTokens()).isEqualTo(3);
    assertThat(stages.steps.element().tokenIds()).containsExactly('a', 'b', 'c');
  }

  @Test
  void take_moreThanThereArePlaces_isRefusedBeforeItIsEncoded() {
    assertThat(take("a")).isNotDone();
    assertThat(take("b")).isNotDone();
    assertRefused(take("c"), Reason.OVERLOADED);
    assertThat(encoding).hasSize(2);
  }

  @Test
  void take_noPlanInForce_isRefusedBeforeItIsEncoded() {
    pipeline.deactivate("node b has left");
    assertRefused(take("a"), Reason.NOT_READY);
    assertThat(encoding).isEmpty();
  }

  @Test
  void take_whileThePlanChanges_waitsForTheNext() {
    pipeline.change("the layers are being distributed anew");
    CompletableFuture<RequestIntake.Admitted> admitted = take("abc");
    pipeline.activate(plan(2));
    assertThat(encoding).isEmpty();
    pipeline.open();
    encoding.remove().run();
    assertThat(admitted.join().promptTokens()).isEqualTo(3);
  }

  @Test
  void take_thePlanThatWasToComeFails_isRefusedWithTheReason() {
    pipeline.change("the layers are being distributed anew");
    CompletableFuture<RequestIntake.Admitted> admitted = take("a");
    assertThat(admitted).isNotDone();
    pipeline.deactivate("the plan could not be loaded");
    assertRefused(admitted, Reason.NOT_READY);
    assertRefused(take("b"), Reason.NOT_READY);
  }

  @Test
  void take_whileThePlanChanges_waitsNoLongerThanALimit() {
    pipeline.change("the layers are being distributed anew");
    CompletableFuture<RequestIntake.Admitted> admitted = take("a");
    nowNanos += Duration.ofSeconds(30).toNanos();
    pipeline.tick();
    assertThat(admitted).isNotDone();
    nowNanos += 1;
    pipeline.tick();
    assertRefused(admitted, Reason.NOT_READY);
  }

  @Test
  void take_moreThanMayWaitWhileThePlanChanges_isRefused() {
    pipeline.change("the layers are being distributed anew");
    assertThat(take("a")).isNotDone();
    assertRefused(take("b"), Reason.OVERLOADED);
  }

  @Test
  void take_promptTooLong_givesThePlaceBack() {
    CompletableFuture<RequestIntake.Admitted> tooLong = take("x".repeat(CONTEXT));
    encoding.remove().run();
    assertRefused(tooLong, Reason.CONTEXT_LENGTH_EXCEEDED);
    assertThat(pipeline.isIdle()).isTrue();
  }

  @Test
  void take_planGoneWhileEncoding_givesThePlaceBack() {
    CompletableFuture<RequestIntake.Admitted> late = take("a");
    pipeline.deactivate("node b has left");
    encoding.remove().run();
    assertRefused(late, Reason.NOT_READY);
    assertThat(pipeline.isIdle()).isTrue();
  }

  @Test
  void take_encoderEnds_givesThePlaceBack() {
    RequestIntake ending =
        intake(
            task -> {
              throw new RejectedExecutionException("the node is leaving");
            });
    assertThat(ending.take(request("a"), events::add).toCompletableFuture())
        .isCompletedExceptionally();
    assertThat(pipeline.isIdle()).isTrue();
  }

  @Test
  void take_cancelledOnceAdmitted_givesThePlaceBack() {
    CompletableFuture<RequestIntake.Admitted> first = take("a");
    encoding.remove().run();
    first.join().run().cancel();
    assertThat(pipeline.isIdle()).isTrue();
    assertThat(stages.released).hasSize(1);
  }

  @Test
  void take_twoAtOnce_secondWaitsForTheFirst() {
    CompletableFuture<RequestIntake.Admitted> first = take("a");
    CompletableFuture<RequestIntake.Admitted> second = take("bc");
    encoding.remove().run();
    encoding.remove().run();
    assertThat(second).isCompleted();
    assertThat(pipeline.waitingCount()).isEqualTo(1);
    first.join().run().cancel();
    assertThat(pipeline.waitingCount()).isZero();
    assertThat(pipeline.activeCount()).isEqualTo(1);
  }

  private RequestIntake intake(Executor encoders) {
    return new RequestIntake(
        pipeline,
        new ServingModel(
            new ServedModel("tiny", 1, CONTEXT, SamplingDefaults.PLAIN),
            new ByteTokenizer(),
            Optional.empty()),
        Runnable::run,
        encoders);
  }

  private CompletableFuture<RequestIntake.Admitted> take(String prompt) {
    return intake.take(request(prompt), events::add).toCompletableFuture();
  }

  private static GenerationRequest request(String prompt) {
    return new GenerationRequest(
        "tiny",
        new GenerationRequest.Text(prompt, false),
        OptionalInt.empty(),
        List.of(),
        false,
        new GenerationRequest.Sampling(0, 0, 1, 0, 1, 0, 0, 0, Map.of(), OptionalLong.of(1), -1));
  }

  private static void assertRefused(
      CompletableFuture<RequestIntake.Admitted> asked, Reason reason) {
    assertThat(asked).isDone();
    assertThatThrownBy(asked::join)
        .cause()
        .isInstanceOfSatisfying(
            GenerationRefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
