package io.edgeshard.web.openai;

import io.edgeshard.web.answer.AnswerFormat;
import io.edgeshard.web.answer.Answering;
import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.generation.ServedModel;
import io.edgeshard.web.generation.TextGenerator;
import io.edgeshard.web.json.JsonFields;
import io.edgeshard.web.json.StrictJson;
import io.edgeshard.web.openai.request.ApiRequest;
import io.edgeshard.web.openai.request.RequestReader;
import io.edgeshard.web.openai.response.AnswerHeader;
import io.edgeshard.web.openai.response.ChatFormat;
import io.edgeshard.web.openai.response.CompletionFormat;
import io.edgeshard.web.status.ClusterStatusSource;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Handles {@code POST /v1/chat/completions} and {@code POST /v1/completions}. */
public final class CompletionRoutes {
  private final TextGenerator generator;
  private final ClusterStatusSource cluster;
  private final Answering answering;
  private final int promptCountLimit;
  private final InstantSource clock;

  public CompletionRoutes(
      TextGenerator generator,
      ClusterStatusSource cluster,
      Answering answering,
      int promptCountLimit,
      InstantSource clock) {
    this.generator = generator;
    this.cluster = cluster;
    this.answering = answering;
    this.promptCountLimit = promptCountLimit;
    this.clock = clock;
  }

  /** A chat. */
  public void chat(RoutingContext context) {
    ApiRequest request = RequestReader.chat(body(context), models());
    AnswerHeader header = header("chatcmpl-", request.model());
    answer(context, request, new ChatFormat(header, request.extras()));
  }

  /** A text to be continued, or several. */
  public void completion(RoutingContext context) {
    ApiRequest request = RequestReader.completion(body(context), models(), promptCountLimit);
    AnswerHeader header = header("cmpl-", request.model());
    answer(context, request, new CompletionFormat(header, request.extras()));
  }

  private void answer(RoutingContext context, ApiRequest request, AnswerFormat format) {
    if (request.answerId().isPresent()) {
      answering.keep(context, request.answerId().get(), request.prompts(), format);
    } else if (request.stream()) {
      answering.stream(context, request.prompts(), format);
    } else {
      answering.whole(context, request.prompts(), format);
    }
  }

  private static JsonFields body(RoutingContext context) {
    Buffer body = context.body().buffer();
    return StrictJson.readObject(body == null ? new byte[0] : body.getBytes());
  }

  private List<ServedModel> models() {
    List<ServedModel> models = generator.models();
    if (models.isEmpty()) {
      String reason = cluster.status().reason();
      throw ApiException.notReady(reason.isEmpty() ? "no model is served yet" : reason);
    }
    return models;
  }

  private AnswerHeader header(String prefix, ServedModel model) {
    return new AnswerHeader(
        prefix + UUID.randomUUID().toString().replace("-", ""),
        clock.instant().getEpochSecond(),
        model.id());
  }
}
