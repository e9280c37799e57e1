package io.edgeshard.web.openai.response;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of a streamed chat: {@code chat.completion.chunk}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChatChunk(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    @JsonUnwrapped ChunkExtras extras) {
  ChatChunk(AnswerHeader header, List<Choice> choices, ChunkExtras extras) {
    this(
        header.id(),
        "chat.completion.chunk",
        header.createdSeconds(),
        header.model(),
        choices,
        extras);
  }

  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Choice(
      int index,
      Delta delta,
      @JsonProperty("logprobs") @Nullable ChatLogProbabilities logProbabilities,
      @JsonProperty("finish_reason") @Nullable String finishReason) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Delta(@Nullable String role, @Nullable String content) {}
}
