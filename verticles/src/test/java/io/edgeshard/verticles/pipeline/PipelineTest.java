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
import io.edgeshard.runtime.sampling.SamplingParameters;
import io.edgeshard.runtime.shard.step.Span;
import io.edgeshard.verticles.pipeline.health.StepLimit;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.pipeline.request.AnswerText;
import io.edgeshard.verticles.pipeline.request.ByteTokenizer;
import io.edgeshard.verticles.pipeline.request.SequenceSpec;
import io.edgeshard.verticles.protocol.FailureCode;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.ProtocolMessage.ProbeAnswer;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepFailed;
import io.edgeshard.web.generation.GenerationEvent;
import io.edgeshard.web.generation.GenerationEvent.Failed;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.Finished;
import io.edgeshard.web.generation.GenerationEvent.PromptProgress;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import io.edgeshard.web.generation.GenerationRefusedException;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.edgeshard.web.metrics.GenerationMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipelineTest {
  private static final NodeId SOURCE = new NodeId("a");
  private static final NodeId OTHER = new NodeId("b");
  private static final int CHUNK = 4;
  private final ScriptedStages stages = new ScriptedStages();
  private final List<GenerationEvent> events = new ArrayList<>();
  private long nowNanos = 1;
  private final Pipeline pipeline =
      new Pipeline(
          SOURCE, 1, stages, new GenerationMetrics(new SimpleMeterRegistry()), () -> nowNanos);

  @BeforeEach
  void activate() {
    pipeline.activate(plan(1));
  }

  @Test
  void submit_shortPrompt_prefillsOnceThenDecodesUntilTheMostTokens() {
    submit(3, 2);
    assertThat(stages.opened).hasSize(2);
    assertThat(stages.opened.get(0).sampling()).isEmpty();
    assertThat(stages.opened.get(1).sampling()).isPresent();
    assertThat(stages.steps.peek().tokenIds()).hasSize(3);
    pipeline.hear(stages.answer('x'));
    assertThat(stages.steps.peek().tokenIds()).containsExactly('x');
    assertThat(stages.steps.peek().spans().get(0).span().position()).isEqualTo(3);
    pipeline.hear(stages.answer('y'));
    assertThat(text()).isEqualTo("xy");
    assertThat(finished().reason()).isEqualTo(FinishReason.LENGTH);
    assertThat(finished().usage()).isEqualTo(new GenerationEvent.Usage(3, 2));
    assertThat(stages.steps).isEmpty();
    assertThat(stages.released).hasSize(2);
    assertThat(pipeline.isIdle()).isTrue();
  }

  @Test
  void submit_longPrompt_keepsAsManyChunksInFlightAsThereAreStages() {
    submit(4 * CHUNK + 1, 1);
    assertThat(stages.steps).hasSize(2);
    pipeline.hear(stages.answer(0));
    assertThat(stages.steps).hasSize(2);
    pipeline.hear(stages.answer(0));
    pipeline.hear(stages.answer(0));
    pipeline.hear(stages.answer(0));
    assertThat(stages.steps).hasSize(1);
    MicroBatch last = stages.steps.element();
    // No last chunk of one row: it would be computed as a decode step is.
    assertThat(last.spans().get(0).span()).isEqualTo(new Span(0, 4 * CHUNK - 1, 2, 1));
    assertThat(last.step().number()).isEqualTo(4);
    pipeline.hear(stages.answer('z'));
    assertThat(text()).isEqualTo("z");
  }

  @Test
  void completed_chunkOfThePrompt_saysHowMuchIsComputed() {
    submit(2 * CHUNK + 1, 2);
    nowNanos += 3_000_000;
    pipeline.hear(stages.answer(0));
    pipeline.hear(stages.answer(0));
    pipeline.hear(stages.answer('z'));
    pipeline.hear(stages.answer('z'));
    assertThat(events.stream().filter(PromptProgress.class::isInstance))
        .containsExactly(
            new PromptProgress(9, 4, 3), new PromptProgress(9, 7, 3), new PromptProgress(9, 9, 3));
  }

  @Test
  void completed_endOfAnswer_finishesWithStop() {
    submit(1, 10);
    pipeline.hear(stages.answer('h'));
    pipeline.hear(stages.answer(0));
    assertThat(finished().reason()).isEqualTo(FinishReason.STOP);
    assertThat(finished().usage().completionTokens()).isEqualTo(2);
    assertThat(text()).isEqualTo("h");
  }

  @Test
  void completed_stopString_finishesWithoutIt() {
    submit(1, 10, "!!");
    pipeline.hear(stages.answer('o'));
    pipeline.hear(stages.answer('!'));
    assertThat(text()).isEqualTo("o");
    pipeline.hear(stages.answer('!'));
    assertThat(text()).isEqualTo("o");
    assertThat(finished().reason()).isEqualTo(FinishReason.STOP);
    assertThat(stages.steps).isEmpty();
  }

  @Test
  void completed_sameStepTwice_countsOnce() {
    submit(1, 10);
    var answer = stages.answer('h');
    pipeline.hear(answer);
    pipeline.hear(answer);
    assertThat(text()).isEqualTo("h");
    assertThat(stages.steps).hasSize(1);
  }

  @Test
  void cancel_running_releasesEverywhereAndSaysNothing() {
    SequenceRun run = submit(1, 10);
    run.cancel();
    run.cancel();
    assertThat(stages.released).hasSize(2);
    pipeline.hear(stages.answer('h'));
    assertThat(events).isEmpty();
    assertThat(pipeline.isIdle()).isTrue();
  }

  @Test
  void pause_slowReader_holdsTheNextStepUntilResume() {
    SequenceRun run = submit(1, 10);
    run.pause();
    pipeline.hear(stages.answer('h'));
    assertThat(stages.steps).isEmpty();
    run.resume();
    run.resume();
    assertThat(stages.steps).hasSize(1);
  }

  @Test
  void submit_moreThanPromised_waitThenRunInTurn_andTheNextIsRefused() {
    SequenceRun first = submit(1, 10);
    submit(1, 10);
    submit(1, 10);
    assertThat(pipeline.waitingCount()).isEqualTo(1);
    assertThatThrownBy(() -> submit(1, 10))
        .isInstanceOfSatisfying(
            GenerationRefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.OVERLOADED));
    assertThat(stages.steps).hasSize(2);
    first.cancel();
    assertThat(stages.steps).hasSize(3);
    assertThat(pipeline.waitingCount()).isZero();
  }

  @Test
  void reserve_placesKept_countAsRequestsUntilGivenBack() {
    Place first = pipeline.reserve();
    pipeline.reserve();
    pipeline.reserve();
    assertThat(pipeline.isIdle()).isFalse();
    assertThatThrownBy(pipeline::reserve)
        .isInstanceOfSatisfying(
            GenerationRefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.OVERLOADED));
    first.close();
    first.close();
    pipeline.reserve();
    assertThatThrownBy(pipeline::reserve).isInstanceOf(GenerationRefusedException.class);
  }

  @Test
  void submit_placeGivenBack_isRefused() {
    Place place = pipeline.reserve();
    place.close();
    assertThat(pipeline.isIdle()).isTrue();
    assertThatThrownBy(() -> submit(place, 1, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void cancel_waiting_neverStarts() {
    SequenceRun first = submit(1, 10);
    submit(1, 10);
    submit(1, 10).cancel();
    first.cancel();
    assertThat(stages.steps).hasSize(2);
  }

  @Test
  void deactivate_nodeLost_endsRunningAndWaitingWithTheReason() {
    submit(1, 10);
    submit(1, 10);
    submit(1, 10);
    pipeline.deactivate("node b has left");
    assertThat(events)
        .hasSize(3)
        .allSatisfy(
            event -> assertThat(event).isEqualTo(new Failed("node_lost", "node b has left")));
    assertThat(pipeline.isIdle()).isTrue();
    assertThatThrownBy(() -> submit(1, 1))
        .isInstanceOfSatisfying(
            GenerationRefusedException.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.NOT_READY);
              assertThat(refused).hasMessage("node b has left");
            });
  }

  @Test
  void tick_silentStage_endsAnswersAndIsNotReadyUntilItSpeaksAgain() {
    submit(1, 10);
    tickSeconds(5, SOURCE);
    assertThat(events).isEmpty();
    tickSeconds(1, SOURCE);
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.message()).contains("node b", "[5, 10)", "5 s"));
    assertThat(pipeline.notReadyReason()).isPresent();
    pipeline.probed(OTHER, nowNanos, answer());
    pipeline.probed(SOURCE, nowNanos, answer());
    assertThat(pipeline.notReadyReason()).isEmpty();
  }

  @Test
  void tick_stepLostWhileStagesAnswer_endsTheAnswer() {
    submit(1, 10);
    tickSeconds(StepLimit.UNMEASURED.toSeconds(), SOURCE, OTHER);
    assertThat(events).isEmpty();
    tickSeconds(1, SOURCE, OTHER);
    assertThat(events)
        .containsExactly(new Failed("step_lost", "no stage reported the next token within 60 s"));
    assertThat(pipeline.isIdle()).isTrue();
  }

  @Test
  void tick_stepLostOnAFastCluster_endsTheAnswerSooner() {
    submit(1, 10);
    pipeline.hear(stages.answer('h'));
    events.clear();
    tickSeconds(StepLimit.LEAST.toSeconds(), SOURCE, OTHER);
    assertThat(events).isEmpty();
    tickSeconds(1, SOURCE, OTHER);
    assertThat(events).singleElement().isInstanceOf(Failed.class);
  }

  @Test
  void tick_slowCluster_givesAStepItsTime() {
    submit(1, 10);
    tickSeconds(20, SOURCE, OTHER);
    pipeline.hear(stages.answer('h'));
    events.clear();
    tickSeconds(2 * 20 * CHUNK * 2, SOURCE, OTHER);
    assertThat(events).isEmpty();
    tickSeconds(1, SOURCE, OTHER);
    assertThat(events).singleElement().isInstanceOf(Failed.class);
  }

  @Test
  void tick_sourceItselfStoodStill_blamesNobody() {
    submit(1, 10);
    tickSeconds(1, SOURCE, OTHER);
    nowNanos += StepLimit.UNMEASURED.plusSeconds(1).toNanos();
    pipeline.tick();
    assertThat(events).isEmpty();
    pipeline.hear(stages.answer('h'));
    events.clear();
    tickSeconds(6, SOURCE);
    assertThat(events).hasSize(1);
  }

  @Test
  void completed_withoutTheTokenThatWasAskedFor_endsTheAnswer() {
    submit(1, 10);
    var answer = stages.answer('h');
    pipeline.hear(
        new StepCompleted(
            answer.step(),
            List.of(new StepCompleted.Result(answer.results().get(0).sequence(), Optional.empty())),
            answer.traces()));
    assertThat(events).singleElement().isInstanceOf(Failed.class);
    assertThat(pipeline.isIdle()).isTrue();
  }

  @Test
  void completed_tokenThatIsNone_endsThatAnswerOnly() {
    submit(1, 10);
    submit(1, 10);
    pipeline.hear(stages.answer(-1));
    assertThat(events).last().isInstanceOf(Failed.class);
    assertThat(pipeline.activeCount()).isEqualTo(1);
  }

  @Test
  void tick_silentStageThatComesBack_whatWasOutHoldsUpNobody() {
    submit(4 * CHUNK, 1);
    submit(4 * CHUNK, 1);
    assertThat(stages.steps).hasSize(3);
    tickSeconds(7, SOURCE);
    assertThat(pipeline.activeCount()).isZero();
    stages.steps.clear();
    tickSeconds(1, SOURCE, OTHER);
    submit(1, 1);
    assertThat(stages.steps).hasSize(1);
  }

  @Test
  void failed_step_endsThatAnswerOnly() {
    submit(1, 10);
    submit(1, 10);
    pipeline.hear(
        new StepFailed(
            stages.steps.element().step(),
            stages.steps.element().sequences(),
            OTHER,
            FailureCode.FATAL,
            "broken"));
    assertThat(events).containsExactly(new Failed("step_failed", "broken"));
    assertThat(pipeline.activeCount()).isEqualTo(1);
  }

  @Test
  void submit_stageWithoutRoom_endsWithItsWords() {
    stages.openAnswer = CompletableFuture.failedFuture(new ModelException("no room"));
    submit(1, 10);
    assertThat(events).containsExactly(new Failed("not_admitted", "no room"));
    assertThat(stages.released).hasSize(2);
  }

  @Test
  void submit_unreachableFirstStage_endsAtOnce() {
    stages.runAnswer = CompletableFuture.failedFuture(new IllegalStateException("refused"));
    submit(1, 10);
    assertThat(events).singleElement().isInstanceOf(Failed.class);
  }

  @Test
  void completed_ofAnEarlierPlan_isIgnored() {
    submit(1, 10);
    var late = stages.answer('h');
    pipeline.deactivate("moved");
    pipeline.activate(plan(2));
    events.clear();
    submit(1, 10);
    pipeline.hear(late);
    assertThat(events).isEmpty();
  }

  @Test
  void measured_requestBeganAtOnce_countsWhatPassedBeforeIt() {
    Place place = pipeline.reserve();
    nowNanos += Duration.ofMillis(5).toNanos();
    submit(place, 1, 50);
    answerTokens(33);
    assertThat(pipeline.measured().orElseThrow().intakeMs()).isEqualTo(5);
  }

  @Test
  void measured_requestWaitedForOthers_itsWaitIsNotItsOwnTime() {
    SequenceRun first = submit(1, 50);
    SequenceRun second = submit(1, 50);
    submit(1, 50);
    nowNanos += Duration.ofSeconds(9).toNanos();
    first.cancel();
    second.cancel();
    while (stages.steps.size() > 1) {
      stages.steps.remove();
    }
    answerTokens(33);
    assertThat(pipeline.measured().orElseThrow().intakeMs()).isZero();
  }

  private void answerTokens(int count) {
    for (int i = 0; i < count; i++) {
      pipeline.hear(stages.answer('x'));
    }
  }

  private SequenceRun submit(int promptTokens, int newTokens, String... stop) {
    return submit(pipeline.reserve(), promptTokens, newTokens, stop);
  }

  private SequenceRun submit(Place place, int promptTokens, int newTokens, String... stop) {
    return pipeline.submit(
        place,
        new SequenceSpec(new int[promptTokens], newTokens, Set.of(0), SamplingParameters.greedy()),
        new AnswerText(new ByteTokenizer(), new int[promptTokens], List.of(stop), false),
        events::add);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    events.stream()
        .filter(TokenText.class::isInstance)
        .forEach(event -> text.append(((TokenText) event).text()));
    return text.toString();
  }

  private Finished finished() {
    assertThat(events).last().isInstanceOf(Finished.class);
    return (Finished) events.get(events.size() - 1);
  }

  /** A tick a second, before each of which some stages answer a probe. */
  private void tickSeconds(long seconds, NodeId... answering) {
    for (long second = 0; second < seconds; second++) {
      nowNanos += Duration.ofSeconds(1).toNanos();
      for (NodeId node : answering) {
        pipeline.probed(node, nowNanos, answer());
      }
      pipeline.tick();
    }
  }

  private static ProbeAnswer answer() {
    return new ProbeAnswer(1, 0, 0, 0, 0);
  }

  private static ActivePlan plan(long id) {
    MemoryEstimate memory = new MemoryEstimate(1, 1, 1, 1, 0);
    return new ActivePlan(
        new ShardPlan(
            new PlanId(id),
            List.of(
                new ShardAssignment(SOURCE, new LayerRange(0, 5), true, false, memory),
                new ShardAssignment(OTHER, new LayerRange(5, 10), false, true, memory))),
        new Workload(64, 2, CHUNK));
  }
}
