package io.edgeshard.web.openai.response;

import io.edgeshard.web.answer.AnswerFormat;
import io.edgeshard.web.answer.AnswerTotals;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import io.edgeshard.web.openai.response.ChatChunk.Delta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an answer of {@code /v1/chat/completions}. */
public final class ChatFormat implements AnswerFormat {
  private static final String ROLE = "assistant";
  private static final Delta NOTHING = new Delta(null, null);

  private final AnswerHeader header;
  private final boolean includeUsage;

  public ChatFormat(AnswerHeader header, boolean includeUsage) {
    this.header = header;
    this.includeUsage = includeUsage;
  }

  @Override
  public String promptField() {
    return "messages";
  }

  @Override
  public List<Object> opening(int choice) {
    return List.of(chunk(new ChatChunk.Choice(choice, new Delta(ROLE, ""), null, null), null));
  }

  @Override
  public Object token(int choice, TokenText token) {
    return chunk(
        new ChatChunk.Choice(
            choice,
            new Delta(null, token.text()),
            ChatLogProbabilities.of(token.logProbabilities()),
            null),
        null);
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
        new ChatChunk(header, List.of(), UsageBody.of(totals.usage()), timings));
  }

  @Override
  public String endOfStream() {
    return "[DONE]";
  }

  @Override
  public Object whole(List<Choice> choices, AnswerTotals totals) {
    Choice choice = choices.get(0);
    return new ChatCompletion(
        header.id(),
        "chat.completion",
        header.createdSeconds(),
        header.model(),
        List.of(
            new ChatCompletion.Choice(
                0,
                new ChatCompletion.Message(ROLE, choice.text(), null),
                ChatLogProbabilities.of(choice.logProbabilities()),
                FinishWords.of(choice.reason()))),
        UsageBody.of(totals.usage()),
        TimingsBody.of(totals.timings()));
  }

  private ChatChunk finish(int choice, FinishReason reason, @Nullable TimingsBody timings) {
    return chunk(new ChatChunk.Choice(choice, NOTHING, null, FinishWords.of(reason)), timings);
  }

  private ChatChunk chunk(ChatChunk.Choice choice, @Nullable TimingsBody timings) {
    return new ChatChunk(header, List.of(choice), null, timings);
  }
}
