package io.edgeshard.web.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.web.Http;
import io.edgeshard.web.RunningServer;
import io.edgeshard.web.WebSettings;
import io.edgeshard.web.WebTest;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.edgeshard.web.generation.ScriptedGeneration;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Answers that go on without their reader, and can be taken up again. */
class KeptAnswersTest extends WebTest {
  private static final String ID = "0123456789abcdef";
  private static final String ANSWER = "/v1/answers/" + ID;
  private static final String KEPT = chat("\"stream\":true", "\"answer_id\":\"" + ID + "\"");

  @Test
  void readerThatLeaves_findsAllOfTheAnswerAgain() throws Exception {
    HttpResponse<InputStream> first = http.stream(CHAT, KEPT);
    ScriptedGeneration generation = server.generator().next().tokens("One");
    readUntil(first, "One");
    first.body().close();
    generation.tokens(", two");

    HttpResponse<InputStream> second = http.streamed(ANSWER);
    readUntil(second, ", two");
    generation.tokens(", three").finish(FinishReason.STOP);

    assertThat(rest(second)).contains(", three").endsWith("data: [DONE]\n\n");
    List<String> events = Http.events(http.get(ANSWER).body());
    assertThat(String.join("", events)).contains("One", ", two", ", three", "[DONE]");
    assertThat(generation.isCancelled()).isFalse();
  }

  @Test
  void readersAtTheSameTime_getTheSameEvents() throws Exception {
    CompletableFuture<HttpResponse<String>> asked = http.postLater(CHAT, KEPT);
    ScriptedGeneration generation = server.generator().next();
    HttpResponse<InputStream> other = http.streamed(ANSWER);
    generation.tokens("a", "b").finish(FinishReason.STOP);

    assertThat(rest(other)).isEqualTo(asked.get().body());
  }

  @Test
  void stop_endsItForItsReadersAndOnTheCluster() throws Exception {
    HttpResponse<InputStream> reading = http.stream(CHAT, KEPT);
    ScriptedGeneration generation = server.generator().next().tokens("One");
    readUntil(reading, "One");

    assertThat(http.delete(ANSWER).statusCode()).isEqualTo(204);

    generation.awaitCancel();
    assertThat(rest(reading)).contains("\"code\":\"answer_stopped\"");
    assertThat(http.get(ANSWER).statusCode()).isEqualTo(404);
    assertThat(http.delete(ANSWER).body()).contains("\"code\":\"unknown_answer\"");
  }

  @Test
  void refusal_hasItsStatusForWhoAsksAgainToo() throws Exception {
    server.generator().refuse(Reason.OVERLOADED, "too many chats");

    assertThat(http.post(CHAT, KEPT).statusCode()).isEqualTo(429);
    assertThat(http.get(ANSWER).statusCode()).isEqualTo(429);
  }

  @Test
  void idThatIsTaken_isRefused() throws Exception {
    server.generator().play(it -> it.tokens("a").finish(FinishReason.STOP));
    http.post(CHAT, KEPT);

    HttpResponse<String> again = http.post(CHAT, KEPT);

    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("\"code\":\"answer_id_taken\"", "\"param\":\"answer_id\"");
  }

  @Test
  void idThatCanBeGuessedOrHasNoStream_isRefused() throws Exception {
    assertThat(http.post(CHAT, chat("\"stream\":true", "\"answer_id\":\"mine\"")).body())
        .contains("16 to 128 letters");
    assertThat(http.post(CHAT, chat("\"answer_id\":\"" + ID + "\"")).body())
        .contains("only together with");
    String two =
        "{\"model\":\"tiny\",\"prompt\":[\"a\",\"b\"],\"stream\":true,\"answer_id\":\""
            + ID
            + "\"}";
    assertThat(http.post(COMPLETION, two).body()).contains("only with one prompt, found it with 2");
  }

  @Test
  void answerThatNobodyReads_endsAndIsForgotten() throws Exception {
    try (RunningServer hasty =
        RunningServer.start(WebSettings.forLoopback().withKeptFor(Duration.ofMillis(1)))) {
      Http client = new Http(hasty);
      HttpResponse<InputStream> reading = client.stream(CHAT, KEPT);
      ScriptedGeneration generation = hasty.generator().next();
      assertThat(generation.isCancelled()).isFalse();

      reading.body().close();

      generation.awaitCancel();
      assertThat(client.get(ANSWER).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void continuedMessage_isHandedOnAsTheBeginningOfTheAnswer() throws Exception {
    String messages =
        "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
            + "{\"role\":\"assistant\",\"content\":\"Hel\"}]";
    server.generator().play(it -> it.tokens("lo").finish(FinishReason.STOP));
    http.post(CHAT, "{\"model\":\"tiny\",\"continue_final_message\":true," + messages + "}");

    assertThat(server.generator().next().request().prompt())
        .extracting("continuesLast")
        .isEqualTo(true);
    assertThat(http.post(CHAT, chat("\"continue_final_message\":true")).body())
        .contains("only where the last message is the assistant's");
  }

  private static void readUntil(HttpResponse<InputStream> response, String text) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8), 1);
    String line = lines.readLine();
    while (line != null && !line.contains(text)) {
      line = lines.readLine();
    }
    assertThat(line).contains(text);
  }

  private static String rest(HttpResponse<InputStream> response) throws Exception {
    return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
  }
}
