package io.edgeshard.web.openai.response;

import io.edgeshard.web.answer.AnswerFormat;
import io.edgeshard.web.answer.AnswerTotals;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.PromptProgress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a stream of the dialect ends: the last chunk of a choice says why, and the last chunk of all
 * brings the timings, and the usage where it was asked for.
 */
abstract class StreamFormat implements AnswerFormat {
  private final StreamExtras wanted;

  StreamFormat(StreamExtras wanted) {
    this.wanted = wanted;
  }

  /** A chunk that says how much of the prompt is computed. */
  abstract Object progressChunk(int choice, PromptProgress progress);

  @Override
  public final Optional<Object> progress(int choice, PromptProgress progress) {
    return wanted.progress() ? Optional.of(progressChunk(choice, progress)) : Optional.empty();
  }

  /** The chunk that ends a choice; timings with the last one only. */
  abstract Object finish(int choice, FinishReason reason, @Nullable TimingsBody timings);

  /** A chunk without choices, for the usage. */
  abstract Object usage(UsageBody usage, TimingsBody timings);

  @Override
  public final Object finish(int choice, FinishReason reason) {
    return finish(choice, reason, null);
  }

  @Override
  public final List<Object> closing(int choice, FinishReason reason, AnswerTotals totals) {
    TimingsBody timings = TimingsBody.of(totals.timings());
    return wanted.usage()
        ? List.of(finish(choice, reason, null), usage(UsageBody.of(totals.usage()), timings))
        : List.of(finish(choice, reason, timings));
  }

  @Override
  public final String endOfStream() {
    return "[DONE]";
  }
}
