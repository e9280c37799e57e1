package io.edgeshard.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.web.Http;
import io.edgeshard.web.WebTest;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.PromptProgress;
import io.edgeshard.web.generation.GenerationEvent.TokenLogProbability;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import io.edgeshard.web.generation.GenerationRequest.Chat;
import io.edgeshard.web.generation.GenerationRequest.Message;
import io.edgeshard.web.generation.GenerationRequest.Sampling;
import io.edgeshard.web.generation.ScriptedGeneration;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** {@code POST /v1/chat/completions} as JSON. */
class ChatCompletionsTest extends WebTest {
  @Test
  void stream_twoTokens_roleTokensFinishAndDone() throws Exception {
    server.generator().play(it -> it.tokens("Hel", "lo\n").finish(FinishReason.STOP));

    HttpResponse<String> response = http.post(CHAT, chat("\"stream\":true"));
    List<String> events = Http.events(response.body());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
    assertThat(response.headers().firstValue("content-encoding")).isEmpty();
    assertThat(events).hasSize(5).last().isEqualTo("[DONE]");
    JsonNode first = Http.json(events.get(0));
    assertThat(first.at("/object").asText()).isEqualTo("chat.completion.chunk");
    assertThat(first.at("/id").asText()).startsWith("chatcmpl-");
    assertThat(first.at("/created").asLong()).isPositive();
    assertThat(first.at("/model").asText()).isEqualTo("tiny");
    assertThat(first.at("/choices/0/delta"))
        .isEqualTo(Http.json("{\"role\":\"assistant\",\"content\":\"\"}"));
    assertThat(Http.json(events.get(1)).at("/choices"))
        .isEqualTo(
            Http.json(
                "[{\"index\":0,\"delta\":{\"content\":\"Hel\"},\"logprobs\":null,"
                    + "\"finish_reason\":null}]"));
    assertThat(Http.json(events.get(2)).at("/choices/0/delta/content").asText()).isEqualTo("lo\n");
    assertThat(Http.json(events.get(3)).at("/choices"))
        .isEqualTo(
            Http.json("[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]"));
    assertThat(Http.json(events.get(3)).at("/id")).isEqualTo(first.at("/id"));
    assertThat(Http.json(events.get(3)).has("usage")).isFalse();
  }

  @Test
  void stream_end_timingsNameTokensStagesAndHops() throws Exception {
    server.generator().play(it -> it.tokens("a", "b", "c").finish(FinishReason.LENGTH));

    List<String> events = Http.events(http.post(CHAT, chat("\"stream\":true")).body());

    assertThat(Http.json(events.get(events.size() - 2)).at("/timings"))
        .isEqualTo(
            Http.json(
                """
                {"prompt_n":7,"prompt_ms":70.0,"prompt_per_token_ms":10.0,"prompt_per_second":100.0,
                 "predicted_n":2,"predicted_ms":20.0,"predicted_per_token_ms":10.0,
                 "predicted_per_second":100.0,"queue_ms":1.5,
                 "stages":[{"node":"one","layers":"[0, 10)","ms":2.0},
                           {"node":"two","layers":"[10, 30)","ms":4.0}],
                 "hops":[{"from":"one","to":"one","ms":0.5},
                         {"from":"one","to":"two","ms":0.25},
                         {"from":"two","to":"one","ms":0.125}]}
                """));
  }

  @Test
  void stream_progressAsked_saysHowMuchOfThePromptIsComputed() throws Exception {
    server
        .generator()
        .play(
            it ->
                it.emit(new PromptProgress(3000, 1280, 4199.6))
                    .tokens("a")
                    .finish(FinishReason.STOP));

    List<String> events =
        Http.events(http.post(CHAT, chat("\"stream\":true,\"return_progress\":true")).body());

    JsonNode progress = Http.json(events.get(1));
    assertThat(progress.at("/prompt_progress"))
        .isEqualTo(Http.json("{\"total\":3000,\"cache\":0,\"processed\":1280,\"time_ms\":4200}"));
    assertThat(progress.at("/choices/0/delta").isEmpty()).isTrue();
    assertThat(Http.json(events.get(2)).at("/choices/0/delta/content").asText()).isEqualTo("a");
  }

  @Test
  void stream_progressNotAsked_isNotTold() throws Exception {
    server
        .generator()
        .play(it -> it.emit(new PromptProgress(9, 9, 1)).tokens("a").finish(FinishReason.STOP));

    assertThat(http.post(CHAT, chat("\"stream\":true")).body()).doesNotContain("prompt_progress");
    assertThat(http.post(CHAT, chat("\"return_progress\":true")).body())
        .doesNotContain("prompt_progress");
  }

  @Test
  void stream_usageAsked_lastEventCountsAndHasNoChoices() throws Exception {
    server.generator().play(it -> it.tokens("a", "b").finish(FinishReason.STOP));

    List<String> events =
        Http.events(
            http.post(CHAT, chat("\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
                .body());

    JsonNode finish = Http.json(events.get(events.size() - 3));
    JsonNode usage = Http.json(events.get(events.size() - 2));
    assertThat(finish.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(finish.has("timings")).isFalse();
    assertThat(usage.at("/choices")).isEmpty();
    assertThat(usage.at("/usage"))
        .isEqualTo(Http.json("{\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10}"));
    assertThat(usage.at("/timings/predicted_n").asInt()).isEqualTo(1);
  }

  @Test
  void stream_tokenByToken_eachEventIsThereBeforeTheNextToken() throws Exception {
    HttpResponse<InputStream> response = http.stream(CHAT, chat("\"stream\":true"));
    ScriptedGeneration generation = server.generator().next();

    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).contains("assistant");
      assertThat(lines.readLine()).isEmpty();
      for (String text : List.of("one", "two", "three")) {
        generation.tokens(text);
        assertThat(lines.readLine()).contains("\"content\":\"" + text + "\"");
        assertThat(lines.readLine()).isEmpty();
      }
      generation.finish(FinishReason.STOP);
      assertThat(lines.readLine()).contains("\"finish_reason\":\"stop\"");
    }
  }

  @Test
  void whole_twoTokens_oneMessage() throws Exception {
    server.generator().play(it -> it.tokens("Hel", "lo").finish(FinishReason.LENGTH));

    HttpResponse<String> response = http.post(CHAT, chat());
    JsonNode body = Http.json(response.body());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(body.at("/object").asText()).isEqualTo("chat.completion");
    assertThat(body.at("/choices"))
        .isEqualTo(
            Http.json(
                """
                [{"index":0,"message":{"role":"assistant","content":"Hello","refusal":null},
                  "logprobs":null,"finish_reason":"length"}]
                """));
    assertThat(body.at("/usage/total_tokens").asInt()).isEqualTo(9);
    assertThat(body.at("/timings/queue_ms").asDouble()).isEqualTo(1.5);
  }

  @Test
  void logprobs_halfACharacter_isSpelledInBytes() throws Exception {
    TokenLogProbability second = new TokenLogProbability(List.of((byte) 'b'), -2.5f, List.of());
    TokenLogProbability impossible =
        new TokenLogProbability(List.of((byte) 0xC3), Float.NEGATIVE_INFINITY, List.of(second));
    server
        .generator()
        .play(it -> it.emit(new TokenText("", List.of(impossible))).finish(FinishReason.STOP));

    JsonNode body = Http.json(http.post(CHAT, chat("\"logprobs\":true,\"top_logprobs\":1")).body());

    assertThat(server.generator().next().request().sampling().topLogProbabilities()).isEqualTo(1);
    assertThat(body.at("/choices/0/logprobs"))
        .isEqualTo(
            Http.json(
                """
                {"content":[{"token":"bytes:\\\\xc3","logprob":-9999.0,"bytes":[195],
                  "top_logprobs":[{"token":"b","logprob":-2.5,"bytes":[98]}]}]}
                """));
  }

  @Test
  void request_allParameters_reachTheGenerator() throws Exception {
    server.generator().play(it -> it.finish(FinishReason.STOP));

    http.post(
        CHAT,
        """
        {"model":"lab/other","messages":[
           {"role":"developer","content":"Be brief."},
           {"role":"user","name":"ann","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}],
         "max_completion_tokens":5,"temperature":0,"top_p":0.5,"top_k":40,"min_p":0.05,
         "stop":["x","y"],"seed":-3,"frequency_penalty":0.5,"presence_penalty":-0.5,
         "repeat_penalty":1.1,"logit_bias":{"12":-100},"ignore_eos":true,"user":"u",
         "n":1,"tools":[],"response_format":{"type":"text"},"cache_prompt":true,"whatever":{}}
        """);

    var request = server.generator().next().request();
    assertThat(request.model()).isEqualTo("lab/other");
    assertThat(request.prompt())
        .isEqualTo(
            new Chat(List.of(new Message("system", "Be brief."), new Message("user", "a\nb"))));
    assertThat(request.maxNewTokens()).hasValue(5);
    assertThat(request.stop()).containsExactly("x", "y");
    assertThat(request.ignoreEndOfAnswer()).isTrue();
    assertThat(request.sampling())
        .isEqualTo(
            new Sampling(
                0, 40, 0.5, 0.05, 1.1, 64, 0.5, -0.5, Map.of(12, -100.0), OptionalLong.of(-3), -1));
  }

  @Test
  void failure_afterTheStreamBegan_isAnEventAndNoDone() throws Exception {
    server.generator().play(it -> it.tokens("a").fail("node_lost", "Node two is gone."));

    HttpResponse<String> response = http.post(CHAT, chat("\"stream\":true"));
    List<String> events = Http.events(response.body());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(events).hasSize(3).doesNotContain("[DONE]");
    assertThat(Http.json(events.get(2)))
        .isEqualTo(
            Http.json(
                """
                {"error":{"message":"Node two is gone.","type":"server_error","param":null,
                          "code":"node_lost"}}
                """));
  }

  @Test
  void failure_wholeAnswer_hasTheStatusOfItsCause() throws Exception {
    assertThat(statusOfFailure("node_lost")).isEqualTo(502);
    assertThat(statusOfFailure("not_ready")).isEqualTo(503);
    assertThat(statusOfFailure("anything")).isEqualTo(500);
  }

  private int statusOfFailure(String code) throws Exception {
    server.generator().play(it -> it.tokens("a").fail(code, "It broke."));
    HttpResponse<String> response = http.post(CHAT, chat());
    assertThat(Http.json(response.body()).at("/error/code").asText()).isEqualTo(code);
    return response.statusCode();
  }
}
