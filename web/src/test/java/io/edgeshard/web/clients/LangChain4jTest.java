package io.edgeshard.web.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiLanguageModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import io.edgeshard.web.WebTest;
import io.edgeshard.web.generation.GenerationEvent;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.edgeshard.web.generation.GenerationRequest.Chat;
import io.edgeshard.web.generation.GenerationRequest.Message;
import io.edgeshard.web.generation.ScriptedGeneration;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** LangChain4j's OpenAI models, unchanged, as our client. */
class LangChain4jTest extends WebTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void chat_whole_textUsageAndReason() throws Exception {
    server
        .generator()
        .play(it -> it.tokens("Hel", "lo").finish(GenerationEvent.FinishReason.LENGTH));

    ChatResponse answer =
        model(PATIENCE).chat(SystemMessage.from("Be brief."), UserMessage.from("Hi"));

    assertThat(answer.aiMessage().text()).isEqualTo("Hello");
    assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(answer.tokenUsage().totalTokenCount()).isEqualTo(9);
    assertThat(server.generator().next().request().prompt())
        .isEqualTo(
            new Chat(List.of(new Message("system", "Be brief."), new Message("user", "Hi"))));
  }

  @Test
  void chat_streamed_piecesUsageAndReason() throws Exception {
    server.generator().play(it -> it.tokens("Hel", "lo").finish(GenerationEvent.FinishReason.STOP));
    Listening listening = new Listening();

    streamingModel().chat("Hi", listening);

    ChatResponse answer = listening.answer.get(20, TimeUnit.SECONDS);
    assertThat(listening.pieces).containsExactly("Hel", "lo");
    assertThat(answer.aiMessage().text()).isEqualTo("Hello");
    assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(answer.tokenUsage().outputTokenCount()).isEqualTo(3);
  }

  @Test
  void completion_whole_text() {
    server.generator().play(it -> it.tokens(" upon").finish(GenerationEvent.FinishReason.STOP));

    String text =
        OpenAiLanguageModel.builder()
            .baseUrl(server.uri("/v1").toString())
            .apiKey("none")
            .modelName("tiny")
            .timeout(PATIENCE)
            .maxRetries(0)
            .build()
            .generate("Once")
            .content();

    assertThat(text).isEqualTo(" upon");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void refusal_eachReason_isTheClientsOwnException(Reason reason) {
    server.generator().refuse(reason, "One clear sentence.");
    Class<? extends Exception> expected =
        switch (reason) {
          case UNKNOWN_MODEL -> ModelNotFoundException.class;
          case OVERLOADED -> RateLimitException.class;
          case NOT_READY -> InternalServerException.class;
          case CONTEXT_LENGTH_EXCEEDED, INVALID -> InvalidRequestException.class;
        };

    assertThatThrownBy(() -> model(PATIENCE).chat("Hi"))
        .isInstanceOf(expected)
        .hasMessageContaining("One clear sentence.");
    Listening listening = new Listening();
    streamingModel().chat("Hi", listening);
    assertThatThrownBy(() -> listening.answer.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(expected);
  }

  @Test
  void stream_cancelledByTheClient_generationIsCancelled() throws Exception {
    Listening listening = new Listening();
    listening.cancelAfterTheFirst = true;
    streamingModel().chat("Hi", listening);
    ScriptedGeneration generation = server.generator().next();

    generation.tokens("a", "b");

    generation.awaitCancel();
    assertThat(listening.pieces).startsWith("a");
  }

  @Test
  void timeout_ofTheClient_generationIsCancelled() throws Exception {
    // the time counts from the call: the first one takes what loading the client's classes takes
    server.generator().refuse(Reason.INVALID, "Warming up.");
    assertThatThrownBy(() -> model(PATIENCE).chat("Hi"))
        .isInstanceOf(InvalidRequestException.class);
    server.generator().admit();

    assertThatThrownBy(() -> model(Duration.ofSeconds(1)).chat("Hi"))
        .isInstanceOf(TimeoutException.class);

    server.generator().next().awaitCancel();
  }

  private OpenAiChatModel model(Duration timeout) {
    return OpenAiChatModel.builder()
        .baseUrl(server.uri("/v1").toString())
        .apiKey("none")
        .modelName("tiny")
        .timeout(timeout)
        .maxRetries(0)
        .build();
  }

  private OpenAiStreamingChatModel streamingModel() {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(server.uri("/v1").toString())
        .apiKey("none")
        .modelName("tiny")
        .timeout(PATIENCE)
        .build();
  }

  /** Somebody who listens to a streamed answer. */
  private static final class Listening implements StreamingChatResponseHandler {
    private final List<String> pieces = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
    private boolean cancelAfterTheFirst;

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
      pieces.add(piece.text());
      if (cancelAfterTheFirst) {
        context.streamingHandle().cancel();
      }
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
      answer.complete(complete);
    }

    @Override
    public void onError(Throwable error) {
      answer.completeExceptionally(error);
    }
  }
}
