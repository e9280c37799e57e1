package io.edgeshard.web.openai.response;

import io.edgeshard.web.answer.AnswerTotals;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.PromptProgress;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import io.edgeshard.web.openai.response.ChatChunk.Delta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an answer of {@code /v1/chat/completions}. */
public final class ChatFormat extends StreamFormat {
  private static final String ROLE = "assistant";
  private static final Delta NOTHING = new Delta(null, null);

  private final AnswerHeader header;

  public ChatFormat(AnswerHeader header, StreamExtras wanted) {
    super(wanted);
    this.header = header;
  }

  @Override
  public String promptField() {
    return "messages";
  }

  @Override
  public List<Object> opening(int choice) {
    return List.of(
        chunk(new ChatChunk.Choice(choice, new Delta(ROLE, ""), null, null), ChunkExtras.NONE));
  }

  @Override
  public Object token(int choice, TokenText token) {
    return chunk(
        new ChatChunk.Choice(
            choice,
            new Delta(null, token.text()),
            ChatLogProbabilities.of(token.logProbabilities()),
            null),
        ChunkExtras.NONE);
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

  @Override
  Object finish(int choice, FinishReason reason, @Nullable TimingsBody timings) {
    return chunk(
        new ChatChunk.Choice(choice, NOTHING, null, FinishWords.of(reason)),
        ChunkExtras.of(null, timings));
  }

  @Override
  Object usage(UsageBody usage, TimingsBody timings) {
    return new ChatChunk(header, List.of(), ChunkExtras.of(usage, timings));
  }

  @Override
  Object progressChunk(int choice, PromptProgress progress) {
    return chunk(new ChatChunk.Choice(choice, NOTHING, null, null), ChunkExtras.of(progress));
  }

  private ChatChunk chunk(ChatChunk.Choice choice, ChunkExtras extras) {
    return new ChatChunk(header, List.of(choice), extras);
  }
}
