package io.edgeshard.web.answer;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.PromptProgress;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import io.edgeshard.web.json.Json;
import io.edgeshard.web.sse.ReaderPace;
import io.edgeshard.web.sse.SseSettings;
import io.edgeshard.web.sse.SseStream;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer as events, one for every token that completes some text. What fails before the first
 * choice is admitted still has a status of its own; what fails later is an event.
 */
final class StreamedAnswer implements AnswerSink {
  private final RoutingContext context;
  private final AnswerFormat format;
  private final SseSettings settings;
  private @Nullable SseStream stream;

  StreamedAnswer(RoutingContext context, AnswerFormat format, SseSettings settings) {
    this.context = context;
    this.format = format;
    this.settings = settings;
  }

  @Override
  public void admitted(int choice, ReaderPace source) {
    if (stream == null) {
      stream = SseStream.open(context, settings, source);
    }
    send(stream, format.opening(choice));
  }

  @Override
  public void progress(int choice, PromptProgress progress) {
    format.progress(choice, progress).ifPresent(event -> opened().send(Json.write(event)));
  }

  @Override
  public void token(int choice, TokenText token) {
    opened().send(Json.write(format.token(choice, token)));
  }

  @Override
  public void finished(int choice, FinishReason reason) {
    opened().send(Json.write(format.finish(choice, reason)));
  }

  @Override
  public void completed(int choice, FinishReason reason, AnswerTotals totals) {
    SseStream events = opened();
    send(events, format.closing(choice, reason, totals));
    events.send(format.endOfStream());
    events.end();
  }

  @Override
  public void failed(ApiException failure) {
    if (stream == null) {
      context.fail(failure);
    } else {
      stream.send(Json.write(failure.body()));
      stream.end();
    }
  }

  private static void send(SseStream stream, List<Object> events) {
    events.forEach(event -> stream.send(Json.write(event)));
  }

  private SseStream opened() {
    if (stream == null) {
      throw new IllegalStateException("expected events after the admission, found one before");
    }
    return stream;
  }
}
