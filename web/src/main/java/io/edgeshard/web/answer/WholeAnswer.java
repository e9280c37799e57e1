package io.edgeshard.web.answer;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.PromptProgress;
import io.edgeshard.web.generation.GenerationEvent.TokenLogProbability;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import io.edgeshard.web.json.Json;
import io.edgeshard.web.sse.ReaderPace;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/** An answer that is collected and sent in one piece; the context of the model bounds it. */
final class WholeAnswer implements AnswerSink {
  private final RoutingContext context;
  private final AnswerFormat format;
  private final List<AnswerFormat.Choice> choices = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final List<TokenLogProbability> logProbabilities = new ArrayList<>();

  WholeAnswer(RoutingContext context, AnswerFormat format) {
    this.context = context;
    this.format = format;
  }

  @Override
  public void admitted(int choice, ReaderPace source) {
    text.setLength(0);
    logProbabilities.clear();
  }

  @Override
  public void progress(int choice, PromptProgress progress) {
    // Only a stream can tell of it in time.
  }

  @Override
  public void token(int choice, TokenText token) {
    text.append(token.text());
    logProbabilities.addAll(token.logProbabilities());
  }

  @Override
  public void finished(int choice, FinishReason reason) {
    choices.add(new AnswerFormat.Choice(text.toString(), logProbabilities, reason));
  }

  @Override
  public void completed(int choice, FinishReason reason, AnswerTotals totals) {
    finished(choice, reason);
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(Json.write(format.whole(choices, totals)));
  }

  @Override
  public void failed(ApiException failure) {
    context.fail(failure);
  }
}
