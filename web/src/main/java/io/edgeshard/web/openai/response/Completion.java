package io.edgeshard.web.openai.response;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole completion or an event of a streamed one; both are a {@code text_completion}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Completion(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    @JsonUnwrapped ChunkExtras extras) {
  Completion(AnswerHeader header, List<Choice> choices, ChunkExtras extras) {
    this(header.id(), "text_completion", header.createdSeconds(), header.model(), choices, extras);
  }

  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Choice(
      String text,
      int index,
      @JsonProperty("logprobs") @Nullable CompletionLogProbabilities logProbabilities,
      @JsonProperty("finish_reason") @Nullable String finishReason) {}
}
