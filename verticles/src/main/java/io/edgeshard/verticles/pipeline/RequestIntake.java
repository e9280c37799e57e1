package io.edgeshard.verticles.pipeline;

import io.edgeshard.verticles.pipeline.request.AnswerText;
import io.edgeshard.verticles.pipeline.request.RequestEncoder;
import io.edgeshard.verticles.pipeline.request.SequenceSpec;
import io.edgeshard.verticles.pipeline.request.ServingModel;
import io.edgeshard.web.generation.GenerationEvent;
import io.edgeshard.web.generation.GenerationRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests in: first a place is kept in the pipeline, then the prompt is encoded on a thread
 * for that, then the sequence is submitted. So no more requests are encoded than have a place, and
 * a place is given back whatever happens on the way. May be called by any thread.
 */
final class RequestIntake {
  private final Pipeline pipeline;
  private final ServingModel model;
  private final RequestEncoder encoder;
  private final Executor loop;
  private final Executor encoders;

  /**
   * A request that runs, or waits to.
   *
   * @param promptTokens of its prompt
   * @param run to be used on the pipeline's event loop
   */
  record Admitted(int promptTokens, SequenceRun run) {}

  /**
   * An intake of a pipeline.
   *
   * @param loop where the pipeline lives
   * @param encoders runs what may take a while
   */
  RequestIntake(Pipeline pipeline, ServingModel model, Executor loop, Executor encoders) {
    this.pipeline = pipeline;
    this.model = model;
    this.encoder = new RequestEncoder(model);
    this.loop = loop;
    this.encoders = encoders;
  }

  /**
   * Takes a request in.
   *
   * @param events hears of the answer, on the pipeline's event loop
   * @return fails with {@link io.edgeshard.web.generation.GenerationRefusedException} when it is
   *     not admitted
   */
  CompletionStage<Admitted> take(GenerationRequest request, Consumer<GenerationEvent> events) {
    CompletableFuture<Admitted> admitted = new CompletableFuture<>();
    CompletionStage<Admitted> taken =
        CompletableFuture.supplyAsync(pipeline::place, loop)
            .thenCompose(place -> place)
            .thenCompose(place -> encodeAndSubmit(place, request, events));
    taken.whenComplete((result, failure) -> settle(admitted, result, failure));
    return admitted;
  }

  private CompletionStage<Admitted> encodeAndSubmit(
      Place place, GenerationRequest request, Consumer<GenerationEvent> events) {
    return CompletableFuture.completedFuture(request)
        .thenApplyAsync(encoder::encode, encoders)
        .handleAsync(
            (spec, failure) -> {
              try (place) {
                if (failure != null) {
                  throw new CompletionException(failure);
                }
                return submit(place, request, spec, events);
              }
            },
            loop);
  }

  private Admitted submit(
      Place place, GenerationRequest request, SequenceSpec spec, Consumer<GenerationEvent> events) {
    AnswerText text =
        new AnswerText(
            model.tokenizer(),
            spec.promptIds(),
            request.stop(),
            request.sampling().topLogProbabilities() >= 0);
    return new Admitted(spec.promptIds().length, pipeline.submit(place, spec, text, events));
  }

  private static void settle(
      CompletableFuture<Admitted> admitted,
      @Nullable Admitted result,
      @Nullable Throwable failure) {
    if (failure == null && result != null) {
      admitted.complete(result);
      return;
    }
    Throwable told = failure;
    while (told instanceof CompletionException && told.getCause() != null) {
      told = told.getCause();
    }
    admitted.completeExceptionally(
        told == null ? new IllegalStateException("expected a sequence, found none") : told);
  }
}
