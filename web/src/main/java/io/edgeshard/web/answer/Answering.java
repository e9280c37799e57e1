package io.edgeshard.web.answer;

import io.edgeshard.web.generation.GenerationRequest;
import io.edgeshard.web.generation.TextGenerator;
import io.edgeshard.web.metrics.GenerationMetrics;
import io.edgeshard.web.sse.SseSettings;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Answers requests, as events or in one piece, for as long as somebody listens. */
public final class Answering {
  private final TextGenerator generator;
  private final GenerationMetrics metrics;
  private final SseSettings settings;

  public Answering(TextGenerator generator, GenerationMetrics metrics, SseSettings settings) {
    this.generator = generator;
    this.metrics = metrics;
    this.settings = settings;
  }

  /** Answers with events. */
  public void stream(RoutingContext context, List<GenerationRequest> prompts, AnswerFormat format) {
    run(context, prompts, format, new StreamedAnswer(context, format, settings));
  }

  /** Answers in one piece. */
  public void whole(RoutingContext context, List<GenerationRequest> prompts, AnswerFormat format) {
    run(context, prompts, format, new WholeAnswer(context, format));
  }

  private void run(
      RoutingContext context,
      List<GenerationRequest> prompts,
      AnswerFormat format,
      AnswerSink sink) {
    AnswerRun answer =
        new AnswerRun(generator, prompts, format.promptField(), sink, metrics.begin());
    context.addEndHandler(ended -> answer.cancel());
    answer.start();
  }
}
