package io.edgeshard.web.openai.response;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.edgeshard.web.generation.GenerationEvent.Usage;

/** Tokens counted, as OpenAI names them. */
record UsageBody(
    @JsonProperty("prompt_tokens") int promptTokens,
    @JsonProperty("completion_tokens") int completionTokens,
    @JsonProperty("total_tokens") int totalTokens) {
  static UsageBody of(Usage usage) {
    return new UsageBody(
        usage.promptTokens(),
        usage.completionTokens(),
        usage.promptTokens() + usage.completionTokens());
  }
}
