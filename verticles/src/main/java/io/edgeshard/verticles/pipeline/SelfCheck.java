package io.edgeshard.verticles.pipeline;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.pipeline.request.AnswerText;
import io.edgeshard.verticles.pipeline.request.SequenceSpec;
import io.edgeshard.verticles.pipeline.request.ServingModel;
import io.edgeshard.verticles.protocol.NodeFailureException;
import io.edgeshard.verticles.reference.ExpectedAnswer;
import io.edgeshard.verticles.reference.ExpectedAnswer.Token;
import io.edgeshard.verticles.reference.ReferenceRun;
import io.edgeshard.web.generation.GenerationEvent;
import io.edgeshard.web.generation.GenerationEvent.Failed;
import io.edgeshard.web.generation.GenerationEvent.Finished;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A first request through all stages of a plan, before anybody else's: a prefill chunk and two
 * decode steps, whose tokens must be those of the unsplit model where these are known. It also
 * opens every connection on the way, which would cost the first client a moment.
 */
final class SelfCheck {
  /** First steps may wait for weights that are still on the disk. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  /** What is asked. */
  static final String PROMPT = "Hello";

  /** How many tokens are to be answered. */
  static final int TOKENS = 3;

  private final Pipeline pipeline;
  private final ServingModel model;
  private final Executor loop;
  private final Duration limit;
  private final Optional<ExpectedAnswer> expected;

  /**
   * Checks plans of a pipeline.
   *
   * @param loop where the pipeline lives
   * @param expected what the unsplit model answers; empty where that is not known
   */
  SelfCheck(
      Pipeline pipeline,
      ServingModel model,
      Executor loop,
      Duration limit,
      Optional<ExpectedAnswer> expected) {
    this.expected = expected;
    this.pipeline = pipeline;
    this.model = model;
    this.loop = loop;
    this.limit = limit;
  }

  /**
   * Puts a plan in force and asks it. Completes when the answer has come; fails with what went
   * wrong, at the latest when the limit is over. What was asked ends with the plan.
   */
  CompletionStage<?> activate(ActivePlan plan) {
    CompletableFuture<Object> answered = new CompletableFuture<>();
    CompletableFuture.delayedExecutor(limit.toNanos(), TimeUnit.NANOSECONDS)
        .execute(
            () ->
                fail(
                    answered, "expected an answer within " + limit.toSeconds() + " s, found none"));
    loop.execute(
        () -> {
          try {
            pipeline.activate(plan);
            ask(answered);
          } catch (RuntimeException broken) {
            fail(answered, NodeFailureException.told(broken));
          }
        });
    return answered;
  }

  private void ask(CompletableFuture<Object> answered) {
    int[] promptIds =
        expected
            .map(ExpectedAnswer::prompt)
            .orElseGet(() -> model.tokenizer().encode(PROMPT, true));
    List<Token> tokens = new ArrayList<>();
    pipeline.submit(
        pipeline.reserve(),
        new SequenceSpec(promptIds, TOKENS, Set.of(), ReferenceRun.GREEDY),
        AnswerText.heardBy(
            token -> tokens.add(new Token(token.id(), token.logProbability())),
            model.tokenizer(),
            promptIds),
        event -> hear(answered, event, tokens));
  }

  private void hear(CompletableFuture<Object> answered, GenerationEvent event, List<Token> tokens) {
    if (event instanceof Failed failed) {
      fail(answered, failed.message());
    } else if (event instanceof Finished finished) {
      expected
          .flatMap(answer -> answer.difference(tokens))
          .ifPresentOrElse(
              difference -> fail(answered, difference), () -> answered.complete(finished.usage()));
    }
  }

  private static void fail(CompletableFuture<Object> answered, String reason) {
    answered.completeExceptionally(
        new ModelException("the first request through all stages failed: " + reason));
  }
}
