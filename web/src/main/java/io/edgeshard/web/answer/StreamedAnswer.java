package io.edgeshard.web.answer;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.PromptProgress;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import io.edgeshard.web.json.Json;
import io.edgeshard.web.sse.ReaderPace;
import java.util.List;

/**
 * An answer as events, one for every token that completes some text. What fails before the first
 * choice is admitted still has a status of its own; what fails later is an event.
 */
final class StreamedAnswer implements AnswerSink {
  private final AnswerFormat format;
  private final AnswerEvents events;
  private boolean opened;

  StreamedAnswer(AnswerFormat format, AnswerEvents events) {
    this.format = format;
    this.events = events;
  }

  @Override
  public void admitted(int choice, ReaderPace source) {
    if (!opened) {
      opened = true;
      events.open(source);
    }
    send(format.opening(choice));
  }

  @Override
  public void progress(int choice, PromptProgress progress) {
    format.progress(choice, progress).ifPresent(this::send);
  }

  @Override
  public void token(int choice, TokenText token) {
    send(format.token(choice, token));
  }

  @Override
  public void finished(int choice, FinishReason reason) {
    send(format.finish(choice, reason));
  }

  @Override
  public void completed(int choice, FinishReason reason, AnswerTotals totals) {
    send(format.closing(choice, reason, totals));
    events.send(format.endOfStream());
    events.end();
  }

  @Override
  public void failed(ApiException failure) {
    if (opened) {
      send(failure.body());
      events.end();
    } else {
      events.refuse(failure);
    }
  }

  private void send(List<Object> all) {
    all.forEach(this::send);
  }

  private void send(Object event) {
    events.send(Json.write(event));
  }
}
