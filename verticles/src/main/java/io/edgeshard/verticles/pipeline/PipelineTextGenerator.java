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
import io.vertx.core.Vertx;
import java.util.List;

/**
 * The text generator that a cluster is: takes requests in, follows them on the pipeline's event
 * loop, reports on the caller's.
 */
final class PipelineTextGenerator implements TextGenerator {
  private final Vertx vertx;
  private final Context pipelineContext;
  private final ServedModel model;
  private final RequestIntake intake;

  PipelineTextGenerator(
      Vertx vertx, Context pipelineContext, ServedModel model, RequestIntake intake) {
    this.vertx = vertx;
    this.pipelineContext = pipelineContext;
    this.model = model;
    this.intake = intake;
  }

  @Override
  public List<ServedModel> models() {
    return List.of(model);
  }

  @Override
  public Future<Generation> generate(GenerationRequest request, GenerationListener listener) {
    if (!request.model().equals(model.id())) {
      return Future.failedFuture(
          new GenerationRefusedException(
              Reason.UNKNOWN_MODEL,
              "expected the model %s, found %s".formatted(model.id(), request.model())));
    }
    Context caller = vertx.getOrCreateContext();
    return Future.fromCompletionStage(
            intake.take(request, event -> report(caller, listener, event)), caller)
        .map(Handle::new);
  }

  private static void report(Context caller, GenerationListener listener, GenerationEvent event) {
    caller.runOnContext(go -> listener.onEvent(event));
  }

  /** What the asker holds: its calls go to the pipeline's event loop. */
  private final class Handle implements Generation {
    private final RequestIntake.Admitted admitted;

    Handle(RequestIntake.Admitted admitted) {
      this.admitted = admitted;
    }

    @Override
    public int promptTokens() {
      return admitted.promptTokens();
    }

    @Override
    public void cancel() {
      pipelineContext.runOnContext(go -> admitted.run().cancel());
    }

    @Override
    public void pause() {
      pipelineContext.runOnContext(go -> admitted.run().pause());
    }

    @Override
    public void resume() {
      pipelineContext.runOnContext(go -> admitted.run().resume());
    }
  }
}
