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
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.tokenizer.Tokenizer;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.pipeline.request.ByteTokenizer;
import io.edgeshard.verticles.pipeline.request.ServingModel;
import io.edgeshard.verticles.reference.ExpectedAnswer;
import io.edgeshard.web.generation.GenerationEvent;
import io.edgeshard.web.generation.SamplingDefaults;
import io.edgeshard.web.generation.ServedModel;
import io.edgeshard.web.metrics.GenerationMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SelfCheckTest {
  private static final NodeId SOURCE = new NodeId("a");
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration TEST_LIMIT = Duration.ofSeconds(20);
  private final ScriptedStages stages = new ScriptedStages();
  private Optional<ExpectedAnswer> expected = Optional.empty();
  private final Pipeline pipeline =
      new Pipeline(SOURCE, 1, stages, new GenerationMetrics(new SimpleMeterRegistry()), () -> 1);

  @Test
  void activate_stagesAnswer_completesAfterThreeTokens() {
    CompletionStage<?> answered = activate(new ByteTokenizer(), Runnable::run, TEST_LIMIT);
    for (int i = 0; i < 3; i++) {
      assertThat(answered.toCompletableFuture()).isNotDone();
      pipeline.hear(stages.answer('x'));
    }
    assertThat(answered.toCompletableFuture().join()).isEqualTo(new GenerationEvent.Usage(5, 3));
    assertThat(pipeline.plan()).isPresent();
  }

  @Test
  void activate_tokensOfTheUnsplitModel_completes() {
    expected = Optional.of(answer('x', 'x', 'x'));
    assertThat(answered().toCompletableFuture()).isCompleted();
  }

  @Test
  void activate_otherTokensThanTheUnsplitModel_failsAndSaysWhich() {
    expected = Optional.of(answer('x', 'y', 'x'));
    assertFails(answered(), "expected token 121");
  }

  private CompletionStage<?> answered() {
    CompletionStage<?> answered = activate(new ByteTokenizer(), Runnable::run, TEST_LIMIT);
    for (int i = 0; i < 3; i++) {
      pipeline.hear(stages.answer('x'));
    }
    return answered;
  }

  private static ExpectedAnswer answer(int... ids) {
    return new ExpectedAnswer(
        "exact",
        List.of(72),
        Arrays.stream(ids).mapToObj(id -> new ExpectedAnswer.Token(id, -0.25f)).toList());
  }

  @Test
  void activate_stageRefuses_failsWithItsWords() {
    stages.openAnswer = CompletableFuture.failedFuture(new ModelException("no room"));
    assertFails(
        activate(new ByteTokenizer(), Runnable::run, TEST_LIMIT),
        "the first request through all stages failed: no room");
  }

  @Test
  void activate_tokenizerFails_failsWithItsWords() {
    Tokenizer broken =
        new ByteTokenizer() {
          @Override
          public int[] encode(String text, boolean addBeginning) {
            throw new ModelException("a broken table");
          }
        };
    assertFails(
        activate(broken, Runnable::run, TEST_LIMIT),
        "the first request through all stages failed: a broken table");
  }

  @Test
  void activate_stagesKeepSilent_failsWhenTheLimitIsOver() {
    assertFails(
        activate(new ByteTokenizer(), Runnable::run, SHORT), "expected an answer within 0 s");
    pipeline.deactivate("the plan could not be loaded");
    assertThat(pipeline.isIdle()).isTrue();
  }

  @Test
  void activate_loopStandsStill_failsWhenTheLimitIsOver() {
    assertFails(activate(new ByteTokenizer(), task -> {}, SHORT), "expected an answer within 0 s");
  }

  private CompletionStage<?> activate(Tokenizer tokenizer, Executor loop, Duration limit) {
    ServingModel model =
        new ServingModel(
            new ServedModel("tiny", 1, 64, SamplingDefaults.PLAIN), tokenizer, Optional.empty());
    MemoryEstimate memory = new MemoryEstimate(1, 1, 1, 1, 0);
    ShardPlan plan =
        new ShardPlan(
            new PlanId(1),
            List.of(new ShardAssignment(SOURCE, new LayerRange(0, 5), true, true, memory)));
    return new SelfCheck(pipeline, model, loop, limit, expected)
        .activate(new ActivePlan(plan, new Workload(64, 2, 16)));
  }

  private static void assertFails(CompletionStage<?> answered, String reason) {
    ThrowingCallable wait =
        () -> answered.toCompletableFuture().get(TEST_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    assertThatThrownBy(wait)
        .cause()
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(reason);
  }
}
