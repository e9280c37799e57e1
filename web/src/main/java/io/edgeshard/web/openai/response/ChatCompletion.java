package io.edgeshard.web.openai.response;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole chat answer: {@code chat.completion}. */
record ChatCompletion(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    UsageBody usage,
    TimingsBody timings) {

  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Choice(
      int index,
      Message message,
      @JsonProperty("logprobs") @Nullable ChatLogProbabilities logProbabilities,
      @JsonProperty("finish_reason") String finishReason) {}

  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Message(String role, String content, @Nullable String refusal) {}
}
