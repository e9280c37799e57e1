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
  private final KeptAnswers kept;

  /**
   * Answers with {@code generator}.
   *
   * @param kept where answers are kept whose clients may take them up again
   */
  public Answering(
      TextGenerator generator, GenerationMetrics metrics, SseSettings settings, KeptAnswers kept) {
    this.generator = generator;
    this.metrics = metrics;
    this.settings = settings;
    this.kept = kept;
  }

  /** Answers with events. */
  public void stream(RoutingContext context, List<GenerationRequest> prompts, AnswerFormat format) {
    run(context, prompts, format, new StreamedAnswer(format, new LiveEvents(context, settings)));
  }

  /** Answers with events, and lets a client that lost them take them up again under this id. */
  public void keep(
      RoutingContext context, String id, List<GenerationRequest> prompts, AnswerFormat format) {
    KeptAnswer answer =
        kept.begin(
            id,
            events -> {
              AnswerRun run = run(prompts, format, new StreamedAnswer(format, events));
              run.start();
              return run::cancel;
            });
    answer.read(context);
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
    AnswerRun answer = run(prompts, format, sink);
    context.addEndHandler(ended -> answer.cancel());
    answer.start();
  }

  private AnswerRun run(List<GenerationRequest> prompts, AnswerFormat format, AnswerSink sink) {
    return new AnswerRun(generator, prompts, format.promptField(), sink, metrics.begin());
  }
}
