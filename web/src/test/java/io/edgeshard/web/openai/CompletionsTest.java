package io.edgeshard.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.web.Http;
import io.edgeshard.web.WebTest;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.TokenLogProbability;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.edgeshard.web.generation.GenerationRequest.Text;
import io.edgeshard.web.generation.GenerationRequest.Tokens;
import io.edgeshard.web.generation.ScriptedGeneration;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** {@code POST /v1/completions} as JSON. */
class CompletionsTest extends WebTest {
  @Test
  void whole_oneString_oneChoice() throws Exception {
    server.generator().play(it -> it.tokens(" upon", " a").finish(FinishReason.LENGTH));

    JsonNode body = Http.json(http.post(COMPLETION, completion()).body());

    var request = server.generator().next().request();
    assertThat(request.prompt()).isEqualTo(new Text("Once", false));
    assertThat(request.maxNewTokens()).hasValue(16);
    assertThat(body.at("/object").asText()).isEqualTo("text_completion");
    assertThat(body.at("/id").asText()).startsWith("cmpl-");
    assertThat(body.at("/choices"))
        .isEqualTo(
            Http.json(
                "[{\"text\":\" upon a\",\"index\":0,\"logprobs\":null,"
                    + "\"finish_reason\":\"length\"}]"));
    assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(2);
    assertThat(body.at("/timings/prompt_n").asInt()).isEqualTo(7);
  }

  @Test
  void whole_parseSpecial_isHandedOn() throws Exception {
    server.generator().play(it -> it.tokens("!").finish(FinishReason.LENGTH));

    http.post(COMPLETION, completion("\"parse_special\":true"));

    assertThat(server.generator().next().request().prompt()).isEqualTo(new Text("Once", true));
  }

  @Test
  void whole_promptsOfEachKind_oneChoiceEachAndSums() throws Exception {
    server.generator().play(it -> it.tokens("!").finish(FinishReason.LENGTH));

    JsonNode strings = Http.json(http.post(COMPLETION, prompt("[\"a\",\"b\"]")).body());
    JsonNode tokens = Http.json(http.post(COMPLETION, prompt("[1,2,3]")).body());
    JsonNode lists = Http.json(http.post(COMPLETION, prompt("[[1],[2,3],\"c\"]")).body());

    assertThat(strings.at("/choices")).hasSize(2);
    assertThat(strings.at("/choices/1/index").asInt()).isEqualTo(1);
    assertThat(strings.at("/usage/prompt_tokens").asInt()).isEqualTo(14);
    assertThat(strings.at("/timings/prompt_n").asInt()).isEqualTo(14);
    assertThat(tokens.at("/choices")).hasSize(1);
    assertThat(lists.at("/choices")).hasSize(3);
    List<Object> prompts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      prompts.add(server.generator().next().request().prompt());
    }
    assertThat(prompts)
        .containsExactly(
            new Text("a", false),
            new Text("b", false),
            new Tokens(List.of(1, 2, 3)),
            new Tokens(List.of(1)),
            new Tokens(List.of(2, 3)),
            new Text("c", false));
  }

  @Test
  void stream_twoPrompts_eventsCarryTheirIndex() throws Exception {
    server.generator().play(it -> it.tokens("x", "y").finish(FinishReason.STOP));

    List<String> events =
        Http.events(
            http.post(
                    COMPLETION,
                    "{\"model\":\"tiny\",\"prompt\":[\"a\",\"b\"],\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true}}")
                .body());

    assertThat(events).hasSize(8).last().isEqualTo("[DONE]");
    assertThat(events.subList(0, 6))
        .extracting(event -> Http.json(event).at("/choices/0"))
        .extracting(
            choice ->
                choice.at("/index").asInt()
                    + choice.at("/text").asText()
                    + choice.at("/finish_reason").asText())
        .containsExactly("0xnull", "0ynull", "0stop", "1xnull", "1ynull", "1stop");
    assertThat(Http.json(events.get(6)).at("/usage/total_tokens").asInt()).isEqualTo(20);
    assertThat(Http.json(events.get(6)).at("/timings/predicted_n").asInt()).isEqualTo(2);
  }

  @Test
  void logprobs_streamedAndWhole_offsetsCountCharacters() throws Exception {
    TokenLogProbability half = token("x", -4);
    TokenLogProbability umlaut =
        new TokenLogProbability(bytes("ü"), -0.5f, List.of(token("u", -1), token("u", -3), half));
    server
        .generator()
        .play(
            it ->
                it.emit(new TokenText("ü", List.of(umlaut)))
                    .emit(new TokenText("ab", List.of(token("a", -1), token("b", -2))))
                    .finish(FinishReason.LENGTH));

    JsonNode whole = Http.json(http.post(COMPLETION, completion("\"logprobs\":3")).body());
    List<String> events =
        Http.events(http.post(COMPLETION, completion("\"logprobs\":3,\"stream\":true")).body());

    assertThat(whole.at("/choices/0/logprobs"))
        .isEqualTo(
            Http.json(
                """
                {"tokens":["ü","a","b"],"token_logprobs":[-0.5,-1.0,-2.0],
                 "top_logprobs":[{"u":-1.0,"x":-4.0},{},{}],"text_offset":[0,1,2]}
                """));
    assertThat(Http.json(events.get(1)).at("/choices/0/logprobs/text_offset"))
        .isEqualTo(Http.json("[1,2]"));
  }

  @Test
  void laterPromptRefused_streamed_isAnEventAndNoDone() throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        http.postLater(COMPLETION, "{\"model\":\"tiny\",\"prompt\":[\"a\",\"b\"],\"stream\":true}");
    ScriptedGeneration first = server.generator().next();
    server.generator().refuse(Reason.OVERLOADED, "Too many at once.");
    first.tokens("x").finish(FinishReason.STOP);

    List<String> events = Http.events(answer.get().body());

    assertThat(events).doesNotContain("[DONE]");
    assertThat(Http.json(events.get(events.size() - 1)).at("/error/code").asText())
        .isEqualTo("rate_limit_exceeded");
  }

  private static String prompt(String prompt) {
    return "{\"model\":\"tiny\",\"prompt\":" + prompt + "}";
  }

  private static TokenLogProbability token(String text, float logProbability) {
    return new TokenLogProbability(bytes(text), logProbability, List.of());
  }

  private static List<Byte> bytes(String text) {
    List<Byte> bytes = new ArrayList<>();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      bytes.add(b);
    }
    return bytes;
  }
}
