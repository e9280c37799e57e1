package io.edgeshard.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.web.Http;
import io.edgeshard.web.RawConnection;
import io.edgeshard.web.WebSettings;
import io.edgeshard.web.WebTest;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.edgeshard.web.status.ScriptedClusterStatus;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that get no answer: status, error object, and a server that goes on. */
class RefusalsTest extends WebTest {
  private static final int BODY_LIMIT_BYTES = WebSettings.forLoopback().bodyLimitBytes();

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN_MODEL, 404, model_not_found, model, ''",
    "CONTEXT_LENGTH_EXCEEDED, 400, context_length_exceeded, messages, ''",
    "INVALID, 400, invalid_value, null, ''",
    "NOT_READY, 503, not_ready, null, 5",
    "OVERLOADED, 429, rate_limit_exceeded, null, 1"
  })
  void generatorRefuses_eachReason_statusAndCode(
      Reason reason, int status, String code, String param, String retryAfter) throws Exception {
    server.generator().refuse(reason, "One clear sentence.");

    for (String stream : new String[] {"true", "false"}) {
      HttpResponse<String> response = http.post(CHAT, chat("\"stream\":" + stream));

      JsonNode error = Http.json(response.body()).at("/error");
      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(error.at("/code").asText()).isEqualTo(code);
      assertThat(error.at("/param").asText()).isEqualTo(param);
      assertThat(error.at("/message").asText()).isEqualTo("One clear sentence.");
      assertThat(response.headers().firstValue("retry-after").orElse("")).isEqualTo(retryAfter);
    }
  }

  @Test
  void generatorAtFault_anyRequest_500WithoutItsWordsAndTheServerGoesOn() throws Exception {
    server.generator().breakDown(new IllegalStateException("secret"));

    HttpResponse<String> response = http.post(CHAT, chat());

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("internal_error").doesNotContain("secret");
    assertThat(http.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(http.get("/metrics").body()).contains("edgeshard_answers_in_flight 0.0");
  }

  @Test
  void noModelYet_anyRequest_503WithTheClustersReason() throws Exception {
    server.generator().serve();
    server.cluster().become(ScriptedClusterStatus.notReady("Node two is loading."));

    HttpResponse<String> response = http.post(CHAT, chat());

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("retry-after")).contains("5");
    assertThat(Http.json(response.body()).at("/error/message").asText())
        .isEqualTo("Node two is loading.");
  }

  @Test
  void invalidUtf8_inAString_400() throws Exception {
    byte[] body = chat().getBytes(StandardCharsets.UTF_8);
    body[new String(body, StandardCharsets.UTF_8).indexOf("Hi")] = (byte) 0xFF;

    HttpResponse<String> response = http.post(CHAT, body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Http.json(response.body()).at("/error/code").asText()).isEqualTo("invalid_utf8");
  }

  @Test
  void bodyOverTheLimit_announced_413() throws Exception {
    String body = chat("\"user\":\"" + "x".repeat(BODY_LIMIT_BYTES) + "\"");

    HttpResponse<String> response = http.post(CHAT, body);

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(Http.json(response.body()).at("/error/code").asText())
        .isEqualTo("request_too_large");
    assertThat(http.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void bodyOverTheLimit_inChunks_413() throws Exception {
    String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    try (RawConnection client = RawConnection.open(server)) {
      client.send(
          "POST "
              + CHAT
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
      for (int sent = 0; sent <= BODY_LIMIT_BYTES; sent += 0x10000) {
        client.send(chunk);
      }

      assertThat(client.readUntil("request_too_large")).contains("413");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, 415",
    "application/x-www-form-urlencoded, 415",
    "application/json;charset=latin1, 415",
    "multipart/form-data; boundary=x, 415",
    "application/json; charset=UTF-8, 400",
    "Application/JSON, 400"
  })
  void contentType_other_415(String type, int status) throws Exception {
    assertThat(http.postWith(CHAT, "{}", "Content-Type", type).statusCode()).isEqualTo(status);
  }

  @Test
  void contentEncoding_gzip_415() throws Exception {
    HttpResponse<String> response =
        http.postWith(CHAT, chat(), "Content-Type", "application/json", "Content-Encoding", "gzip");

    assertThat(response.statusCode()).isEqualTo(415);
  }

  @Test
  void path_unknown_404AsAnErrorObject() throws Exception {
    HttpResponse<String> response = http.post("/v1/embeddings", "{}");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(Http.json(response.body()).at("/error/code").asText()).isEqualTo("unknown_url");
  }

  @Test
  void method_wrong_405NamesTheRightOne() throws Exception {
    HttpResponse<String> response = http.get(CHAT);

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).contains("POST");
    HttpResponse<String> posted = http.post("/v1/models", "{}");
    assertThat(posted.statusCode()).isEqualTo(405);
    assertThat(posted.headers().firstValue("allow")).contains("GET, HEAD");
  }

  @Test
  void models_listAndOneWithASlashAndAnUnknown_asOpenAi() throws Exception {
    JsonNode list = Http.json(http.get("/v1/models").body());

    assertThat(list.at("/object").asText()).isEqualTo("list");
    assertThat(list.at("/data/0"))
        .isEqualTo(
            Http.json(
                """
                {"id":"tiny","object":"model","created":1700000000,"owned_by":"edgeshard",
                 "context_length":256,
                 "sampling_defaults":{"temperature":1.0,"top_p":1.0,"top_k":0,"min_p":0.0,
                                      "repeat_penalty":1.0}}
                """));
    assertThat(Http.json(http.get("/v1/models/lab/other").body()).at("/id").asText())
        .isEqualTo("lab/other");
    assertThat(Http.json(http.get("/v1/models/lab%2Fother").body()).at("/id").asText())
        .isEqualTo("lab/other");
    assertThat(Http.json(http.get("/v1/models/default").body()).at("/id").asText())
        .isEqualTo("tiny");
    HttpResponse<String> unknown = http.get("/v1/models/gpt-5");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(Http.json(unknown.body()).at("/error/code").asText()).isEqualTo("model_not_found");
  }
}
