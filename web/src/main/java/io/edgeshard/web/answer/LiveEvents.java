package io.edgeshard.web.answer;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.sse.ReaderPace;
import io.edgeshard.web.sse.SseSettings;
import io.edgeshard.web.sse.SseStream;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Events that go straight to the one who asked. */
final class LiveEvents implements AnswerEvents {
  private final RoutingContext context;
  private final SseSettings settings;
  private @Nullable SseStream stream;

  LiveEvents(RoutingContext context, SseSettings settings) {
    this.context = context;
    this.settings = settings;
  }

  @Override
  public void open(ReaderPace source) {
    stream = SseStream.open(context, settings, source);
  }

  @Override
  public void send(String event) {
    opened().send(event);
  }

  @Override
  public void end() {
    opened().end();
  }

  @Override
  public void refuse(ApiException reason) {
    context.fail(reason);
  }

  private SseStream opened() {
    if (stream == null) {
      throw new IllegalStateException("expected events after the admission, found one before");
    }
    return stream;
  }
}
