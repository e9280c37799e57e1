package io.edgeshard.web.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.Sleeper;
import com.openai.core.Timeout;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.models.Model;
import io.edgeshard.web.WebTest;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.TokenLogProbability;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.edgeshard.web.generation.ScriptedGeneration;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official OpenAI client for Java, unchanged, as our client. */
class OpenAiClientTest extends WebTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final OpenAIClient client = client().build();

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  void chat_whole_isValidInEveryField() {
    server.generator().play(it -> it.tokens("Hel", "lo").finish(FinishReason.STOP));

    ChatCompletion answer = client.chat().completions().create(chat().build()).validate();

    assertThat(answer.model()).isEqualTo("tiny");
    assertThat(answer.choices()).hasSize(1);
    assertThat(answer.choices().get(0).message().content()).contains("Hello");
    assertThat(answer.choices().get(0).finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(10);
    assertThat(answer._additionalProperties()).containsKey("timings");
  }

  @Test
  void chat_streamed_chunksAreValidAndAddUp() {
    server.generator().play(it -> it.tokens("Hel", "lo").finish(FinishReason.LENGTH));
    ChatCompletionAccumulator sum = ChatCompletionAccumulator.create();
    ChatCompletionCreateParams question =
        chat()
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();

    try (StreamResponse<ChatCompletionChunk> answer =
        client.chat().completions().createStreaming(question)) {
      answer.stream().map(ChatCompletionChunk::validate).forEach(sum::accumulate);
    }

    ChatCompletion whole = sum.chatCompletion();
    assertThat(whole.choices().get(0).message().content()).contains("Hello");
    assertThat(whole.choices().get(0).finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
    assertThat(whole.usage().orElseThrow().completionTokens()).isEqualTo(2);
  }

  @Test
  void chat_streamed_tokenIsThereBeforeTheNextIsMade() throws Exception {
    try (StreamResponse<ChatCompletionChunk> answer =
        client.chat().completions().createStreaming(chat().build())) {
      ScriptedGeneration generation = server.generator().next();
      Iterator<ChatCompletionChunk> chunks = answer.stream().iterator();

      assertThat(chunks.next().choices().get(0).delta().role()).isPresent();
      for (String text : List.of("one", "two")) {
        generation.tokens(text);
        assertThat(chunks.next().choices().get(0).delta().content()).contains(text);
      }
      generation.finish(FinishReason.STOP);
      chunks.next();
      assertThat(chunks.hasNext()).isFalse();
    }
  }

  @Test
  void chat_logprobs_tokensAndAlternatives() {
    TokenLogProbability other = new TokenLogProbability(List.of((byte) 'b'), -2.25f, List.of());
    TokenLogProbability chosen =
        new TokenLogProbability(List.of((byte) 'a'), -0.125f, List.of(other));
    server
        .generator()
        .play(it -> it.emit(new TokenText("a", List.of(chosen))).finish(FinishReason.STOP));

    ChatCompletion answer =
        client.chat().completions().create(chat().logprobs(true).topLogprobs(1).build()).validate();

    var token = answer.choices().get(0).logprobs().orElseThrow().content().orElseThrow().get(0);
    assertThat(token.token()).isEqualTo("a");
    assertThat(token.logprob()).isEqualTo(-0.125);
    assertThat(token.bytes().orElseThrow()).containsExactly(97L);
    assertThat(token.topLogprobs().get(0).logprob()).isEqualTo(-2.25);
  }

  @Test
  void completion_wholeAndStreamed_choicesInOrder() {
    server.generator().play(it -> it.tokens(" upon", " a").finish(FinishReason.LENGTH));
    CompletionCreateParams question =
        CompletionCreateParams.builder()
            .model("tiny")
            .promptOfArrayOfStrings(List.of("Once", "Twice"))
            .maxTokens(5)
            .build();

    Completion whole = client.completions().create(question).validate();
    StringBuilder streamed = new StringBuilder();
    try (StreamResponse<Completion> answer = client.completions().createStreaming(question)) {
      // not validated: the client expects a finish reason in every event, OpenAI sends null as we
      // do
      answer.stream()
          .flatMap(event -> event.choices().stream())
          .forEach(choice -> streamed.append(choice.index()).append(choice.text()));
    }

    assertThat(whole.choices()).hasSize(2);
    assertThat(whole.choices().get(1).text()).isEqualTo(" upon a");
    assertThat(streamed).hasToString("0 upon0 a01 upon1 a1");
  }

  @Test
  void models_listAndOne_areValid() {
    assertThat(client.models().list().data()).extracting(Model::id).contains("tiny");
    assertThat(client.models().retrieve("lab/other").validate().id()).isEqualTo("lab/other");
  }

  @ParameterizedTest
  @CsvSource({
    "CONTEXT_LENGTH_EXCEEDED, 400, context_length_exceeded",
    "UNKNOWN_MODEL, 404, model_not_found",
    "OVERLOADED, 429, rate_limit_exceeded",
    "NOT_READY, 503, not_ready"
  })
  void refusal_eachReason_isTheClientsOwnException(Reason reason, int status, String code) {
    server.generator().refuse(reason, "One clear sentence.");
    Class<? extends OpenAIServiceException> expected =
        switch (reason) {
          case UNKNOWN_MODEL -> NotFoundException.class;
          case OVERLOADED -> RateLimitException.class;
          case NOT_READY -> InternalServerException.class;
          default -> BadRequestException.class;
        };

    assertThatThrownBy(() -> client.chat().completions().create(chat().build()))
        .isInstanceOf(expected)
        .isInstanceOfSatisfying(
            OpenAIServiceException.class,
            failure -> {
              assertThat(failure.statusCode()).isEqualTo(status);
              assertThat(failure.code()).contains(code);
              assertThat(failure.getMessage()).contains("One clear sentence.");
            });
    assertThatThrownBy(() -> client.chat().completions().createStreaming(chat().build()))
        .isInstanceOf(expected);
  }

  @Test
  void parameter_notThere_isNamed() {
    assertThatThrownBy(() -> client.chat().completions().create(chat().n(2).build()))
        .isInstanceOfSatisfying(
            BadRequestException.class, failure -> assertThat(failure.param()).contains("n"));
  }

  @Test
  void overloaded_oneRetryAllowed_waitsAsToldAndSucceeds() {
    List<Duration> waits = new CopyOnWriteArrayList<>();
    server.generator().refuse(Reason.OVERLOADED, "Too many at once.");
    server.generator().play(it -> it.tokens("ok").finish(FinishReason.STOP));
    Sleeper sleeper =
        new Sleeper() {
          @Override
          public void sleep(Duration duration) {
            waits.add(duration);
            server.generator().admit();
          }

          @Override
          public CompletableFuture<Void> sleepAsync(Duration duration) {
            sleep(duration);
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public void close() {}
        };

    OpenAIClient patient = client().maxRetries(1).sleeper(sleeper).build();
    ChatCompletion answer = patient.chat().completions().create(chat().build());
    patient.close();

    assertThat(answer.choices().get(0).message().content()).contains("ok");
    assertThat(waits).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void failure_inTheStream_isAnExceptionAndNoEnd() {
    server.generator().play(it -> it.tokens("a").fail("node_lost", "Node two is gone."));

    try (StreamResponse<ChatCompletionChunk> answer =
        client.chat().completions().createStreaming(chat().build())) {
      assertThatThrownBy(() -> answer.stream().toList())
          .isInstanceOf(SseException.class)
          .hasMessageContaining("Node two is gone.");
    }
  }

  @Test
  void stream_closedByTheClient_generationIsCancelled() throws Exception {
    ScriptedGeneration generation;
    try (StreamResponse<ChatCompletionChunk> answer =
        client.chat().completions().createStreaming(chat().build())) {
      generation = server.generator().next();
      generation.tokens("a");
      Iterator<ChatCompletionChunk> chunks = answer.stream().iterator();
      chunks.next();
      chunks.next();
    }

    generation.awaitCancel();
  }

  @Test
  void timeout_ofTheClient_generationIsCancelled() throws Exception {
    OpenAIClient hasty = client().timeout(readTimeout(Duration.ofMillis(300))).build();

    assertThatThrownBy(() -> hasty.chat().completions().create(chat().build()))
        .isInstanceOf(OpenAIIoException.class);
    hasty.close();

    server.generator().next().awaitCancel();
  }

  /** Counts from the moment when the request is sent, so that it always is. */
  private static Timeout readTimeout(Duration read) {
    return Timeout.builder().connect(PATIENCE).write(PATIENCE).request(PATIENCE).read(read).build();
  }

  private static ChatCompletionCreateParams.Builder chat() {
    return ChatCompletionCreateParams.builder().model("tiny").addUserMessage("Hi");
  }

  private OpenAIOkHttpClient.Builder client() {
    return OpenAIOkHttpClient.builder()
        .baseUrl(server.uri("/v1").toString())
        .apiKey("none")
        .timeout(PATIENCE)
        .maxRetries(0);
  }
}
