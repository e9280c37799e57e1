package io.edgeshard.web.openai.response;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.edgeshard.web.generation.GenerationEvent.PromptProgress;
import org.jspecify.annotations.Nullable;

/**
 * What an answer or a chunk of one has besides its choices.
 *
 * @param usage tokens counted
 * @param timings where the time went
 * @param promptProgress how much of the prompt is computed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChunkExtras(
    @Nullable UsageBody usage,
    @Nullable TimingsBody timings,
    @JsonProperty("prompt_progress") @Nullable Progress promptProgress) {
  static final ChunkExtras NONE = new ChunkExtras(null, null, null);

  static ChunkExtras of(@Nullable UsageBody usage, @Nullable TimingsBody timings) {
    return new ChunkExtras(usage, timings, null);
  }

  static ChunkExtras of(PromptProgress progress) {
    return new ChunkExtras(
        null,
        null,
        new Progress(
            progress.totalTokens(), 0, progress.processedTokens(), Math.round(progress.ms())));
  }

  /**
   * As llama.cpp's server writes it.
   *
   * @param total tokens of the prompt
   * @param cache of them, those that were computed for an earlier request
   * @param processed of them so far, with those
   * @param timeMs since the first was begun
   */
  record Progress(int total, int cache, int processed, @JsonProperty("time_ms") long timeMs) {}
}
