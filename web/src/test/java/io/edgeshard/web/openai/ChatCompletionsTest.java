package io.edgeshard.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.web.Http;
import io.edgeshard.web.RunningServer;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.ScriptedGeneration;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code POST /v1/chat/completions} as bytes and JSON. */
class ChatCompletionsTest {
  private static final String PATH = "/v1/chat/completions";

  private RunningServer server;
  private Http http;

  @BeforeEach
  void start() {
    server = RunningServer.start();
    http = new Http(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void stream_twoTokens_roleTokensFinishAndDone() throws Exception {
    CompletableFuture<HttpResponse<String>> answer = http.postLater(PATH, body("\"stream\":true"));
    ScriptedGeneration generation = server.generator().next();
    generation.tokens("Hel", "lo\n").finish(FinishReason.STOP);

    HttpResponse<String> response = answer.get();
    List<String> events = Http.events(response.body());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
    assertThat(events).hasSize(5).last().isEqualTo("[DONE]");
    JsonNode first = Http.json(events.get(0));
    assertThat(first.at("/object").asText()).isEqualTo("chat.completion.chunk");
    assertThat(first.at("/id").asText()).startsWith("chatcmpl-");
    assertThat(first.at("/model").asText()).isEqualTo("tiny");
    assertThat(first.at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    assertThat(Http.json(events.get(1)).at("/choices/0/delta/content").asText()).isEqualTo("Hel");
    assertThat(Http.json(events.get(2)).at("/choices/0/delta/content").asText()).isEqualTo("lo\n");
    JsonNode last = Http.json(events.get(3));
    assertThat(last.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(last.at("/timings/prompt_n").asInt()).isEqualTo(7);
    assertThat(last.has("usage")).isFalse();
  }

  private static String body(String more) {
    return "{\"model\":\"default\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
        + more
        + "}";
  }
}
