package io.edgeshard.web.openai.request;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.generation.GenerationRequest;
import io.edgeshard.web.generation.GenerationRequest.Chat;
import io.edgeshard.web.generation.GenerationRequest.Prompt;
import io.edgeshard.web.generation.ServedModel;
import io.edgeshard.web.json.JsonFields;
import java.util.List;
import java.util.OptionalInt;

/** From the JSON of a request to what it asks for. */
public final class RequestReader {
  /** What OpenAI answers a completion with that names no length. */
  private static final int COMPLETION_TOKENS = 16;

  private static final int MAX_TOP_LOG_PROBABILITIES = 20;
  private static final int MAX_COMPLETION_LOG_PROBABILITIES = 5;
  private static final int NO_LOG_PROBABILITIES = -1;

  private RequestReader() {}

  /** A body of {@code /v1/chat/completions}. */
  public static ApiRequest chat(JsonFields body, List<ServedModel> models) {
    UnsupportedFields.ofChat().refuseIn(body);
    RequestOptions options = new RequestOptions(body);
    ServedModel model = options.model(models);
    Chat chat = ChatMessages.read(body);
    OptionalInt length = options.maxNewTokens(model, "max_tokens", "max_completion_tokens");
    return request(options, model, List.of(chat), length, chatLogProbabilities(body));
  }

  /** A body of {@code /v1/completions}. */
  public static ApiRequest completion(
      JsonFields body, List<ServedModel> models, int promptCountLimit) {
    UnsupportedFields.ofCompletion().refuseIn(body);
    RequestOptions options = new RequestOptions(body);
    ServedModel model = options.model(models);
    List<Prompt> prompts = CompletionPrompts.read(body, promptCountLimit);
    if (prompts.size() > 1 && options.answerId().isPresent()) {
      throw ApiException.invalid(
          "answer_id",
          "expected answer_id only with one prompt, found it with "
              + prompts.size()
              + ": ask for each by itself");
    }
    OptionalInt length =
        OptionalInt.of(options.maxNewTokens(model, "max_tokens").orElse(COMPLETION_TOKENS));
    int logProbabilities =
        (int)
            body.integer("logprobs", 0, MAX_COMPLETION_LOG_PROBABILITIES)
                .orElse(NO_LOG_PROBABILITIES);
    return request(options, model, prompts, length, logProbabilities);
  }

  private static ApiRequest request(
      RequestOptions options,
      ServedModel model,
      List<? extends Prompt> prompts,
      OptionalInt length,
      int logProbabilities) {
    List<String> stop = options.stop();
    boolean ignoreEndOfAnswer = options.ignoreEndOfAnswer();
    GenerationRequest.Sampling sampling = options.sampling(model.sampling(), logProbabilities);
    return new ApiRequest(
        model,
        prompts.stream()
            .map(
                prompt ->
                    new GenerationRequest(
                        model.id(), prompt, length, stop, ignoreEndOfAnswer, sampling))
            .toList(),
        options.stream(),
        options.answerId(),
        options.extras());
  }

  private static int chatLogProbabilities(JsonFields body) {
    boolean wanted = body.flag("logprobs", false);
    int top = (int) body.integer("top_logprobs", 0, MAX_TOP_LOG_PROBABILITIES).orElse(0);
    if (!wanted && top > 0) {
      throw ApiException.invalid(
          "top_logprobs",
          "expected top_logprobs only together with \"logprobs\": true, found it without");
    }
    return wanted ? top : NO_LOG_PROBABILITIES;
  }
}
