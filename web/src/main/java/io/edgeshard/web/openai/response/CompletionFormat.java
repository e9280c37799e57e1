package io.edgeshard.web.openai.response;

import io.edgeshard.web.answer.AnswerFormat;
import io.edgeshard.web.answer.AnswerTotals;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes an answer of {@code /v1/completions}. */
public final class CompletionFormat implements AnswerFormat {
  private final AnswerHeader header;
  private final boolean includeUsage;

  /** How many characters of the present choice have tokens reported. */
  private int offset;

  public CompletionFormat(AnswerHeader header, boolean includeUsage) {
    this.header = header;
    this.includeUsage = includeUsage;
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
    return chunk(new Completion.Choice(token.text(), choice, logProbabilities, null), null);
  }

  @Override
  public Object finish(int choice, FinishReason reason) {
    return finish(choice, reason, null);
  }

  @Override
  public List<Object> closing(int choice, FinishReason reason, AnswerTotals totals) {
    TimingsBody timings = TimingsBody.of(totals.timings());
    if (!includeUsage) {
      return List.of(finish(choice, reason, timings));
    }
    return List.of(
        finish(choice, reason, null),
        new Completion(header, List.of(), UsageBody.of(totals.usage()), timings));
  }

  @Override
  public String endOfStream() {
    return "[DONE]";
  }

  @Override
  public Object whole(List<Choice> choices, AnswerTotals totals) {
    return new Completion(
        header,
        IntStream.range(0, choices.size()).mapToObj(i -> choice(i, choices.get(i))).toList(),
        UsageBody.of(totals.usage()),
        TimingsBody.of(totals.timings()));
  }

  private static Completion.Choice choice(int index, Choice choice) {
    return new Completion.Choice(
        choice.text(),
        index,
        CompletionLogProbabilities.of(choice.logProbabilities(), 0),
        FinishWords.of(choice.reason()));
  }

  private Completion finish(int choice, FinishReason reason, @Nullable TimingsBody timings) {
    return chunk(new Completion.Choice("", choice, null, FinishWords.of(reason)), timings);
  }

  private Completion chunk(Completion.Choice choice, @Nullable TimingsBody timings) {
    return new Completion(header, List.of(choice), null, timings);
  }
}
