package io.edgeshard.web.openai.response;

import io.edgeshard.web.answer.AnswerTotals;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.PromptProgress;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes an answer of {@code /v1/completions}. */
public final class CompletionFormat extends StreamFormat {
  private final AnswerHeader header;

  /** How many characters of the present choice have tokens reported. */
  private int offset;

  public CompletionFormat(AnswerHeader header, StreamExtras wanted) {
    super(wanted);
    this.header = header;
  }

  @Override
  public String promptField() {
    return "prompt";
  }

  @Override
  public List<Object> opening(int choice) {
    offset = 0;
    return List.of();
  }

  @Override
  public Object token(int choice, TokenText token) {
    CompletionLogProbabilities logProbabilities =
        CompletionLogProbabilities.of(token.logProbabilities(), offset);
    offset += token.logProbabilities().stream().mapToInt(TokenWords::characterCount).sum();
    return chunk(
        new Completion.Choice(token.text(), choice, logProbabilities, null), ChunkExtras.NONE);
  }

  @Override
  public Object whole(List<Choice> choices, AnswerTotals totals) {
    return new Completion(
        header,
        IntStream.range(0, choices.size()).mapToObj(i -> choice(i, choices.get(i))).toList(),
        ChunkExtras.of(UsageBody.of(totals.usage()), TimingsBody.of(totals.timings())));
  }

  private static Completion.Choice choice(int index, Choice choice) {
    return new Completion.Choice(
        choice.text(),
        index,
        CompletionLogProbabilities.of(choice.logProbabilities(), 0),
        FinishWords.of(choice.reason()));
  }

  @Override
  Object finish(int choice, FinishReason reason, @Nullable TimingsBody timings) {
    return chunk(
        new Completion.Choice("", choice, null, FinishWords.of(reason)),
        ChunkExtras.of(null, timings));
  }

  @Override
  Object usage(UsageBody usage, TimingsBody timings) {
    return new Completion(header, List.of(), ChunkExtras.of(usage, timings));
  }

  @Override
  Object progressChunk(int choice, PromptProgress progress) {
    return chunk(new Completion.Choice("", choice, null, null), ChunkExtras.of(progress));
  }

  private Completion chunk(Completion.Choice choice, ChunkExtras extras) {
    return new Completion(header, List.of(choice), extras);
  }
}
