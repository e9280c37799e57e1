package io.edgeshard.verticles.pipeline;

import io.edgeshard.web.generation.Generation;
import io.edgeshard.web.generation.GenerationEvent;
import io.edgeshard.web.generation.GenerationListener;
import io.edgeshard.web.generation.GenerationRefusedException;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.edgeshard.web.generation.GenerationRequest;
import io.edgeshard.web.generation.ServedModel;
import io.edgeshard.web.generation.TextGenerator;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;

/**
 * The text generator that a cluster is: encodes a request on a worker thread, follows it on the
 * pipeline's event loop, reports on the caller's.
 */
final class PipelineTextGenerator implements TextGenerator {
  private final Vertx vertx;
  private final Context pipelineContext;
  private final Pipeline pipeline;
  private final ServingModel model;
  private final RequestEncoder encoder;

  PipelineTextGenerator(
      Vertx vertx, Context pipelineContext, Pipeline pipeline, ServingModel model) {
    this.vertx = vertx;
    this.pipelineContext = pipelineContext;
    this.pipeline = pipeline;
    this.model = model;
    this.encoder = new RequestEncoder(model);
  }

  @Override
  public List<ServedModel> models() {
    return List.of(model.served());
  }

  @Override
  public Future<Generation> generate(GenerationRequest request, GenerationListener listener) {
    if (!request.model().equals(model.served().id())) {
      return Future.failedFuture(
          new GenerationRefusedException(
              Reason.UNKNOWN_MODEL,
              "expected the model %s, found %s".formatted(model.served().id(), request.model())));
    }
    Context caller = vertx.getOrCreateContext();
    return vertx
        .executeBlocking(() -> encoder.encode(request), false)
        .compose(spec -> submit(request, spec, event -> report(caller, listener, event)));
  }

  private Future<Generation> submit(
      GenerationRequest request, SequenceSpec spec, Consumer<GenerationEvent> events) {
    Promise<Generation> promise = Promise.promise();
    pipelineContext.runOnContext(
        go -> {
          try {
            AnswerText text =
                new AnswerText(
                    model.tokenizer(),
                    spec.promptIds(),
                    request.stop(),
                    request.sampling().topLogProbabilities() >= 0);
            promise.complete(new Handle(spec, pipeline.submit(spec, text, events)));
          } catch (GenerationRefusedException refused) {
            promise.fail(refused);
          }
        });
    return promise.future();
  }

  private static void report(Context caller, GenerationListener listener, GenerationEvent event) {
    caller.runOnContext(go -> listener.onEvent(event));
  }

  /** What the asker holds: its calls go to the pipeline's event loop. */
  private final class Handle implements Generation {
    private final SequenceSpec spec;
    private final SequenceRun run;

    Handle(SequenceSpec spec, SequenceRun run) {
      this.spec = spec;
      this.run = run;
    }

    @Override
    public int promptTokens() {
      return spec.promptIds().length;
    }

    @Override
    public void cancel() {
      pipelineContext.runOnContext(go -> run.cancel());
    }

    @Override
    public void pause() {
      pipelineContext.runOnContext(go -> run.pause());
    }

    @Override
    public void resume() {
      pipelineContext.runOnContext(go -> run.resume());
    }
  }
}
