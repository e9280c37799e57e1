package io.edgeshard.web.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.web.RawConnection;
import io.edgeshard.web.RunningServer;
import io.edgeshard.web.WebSettings;
import io.edgeshard.web.WebTest;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use the API: keys, other origins, and the id that every answer carries. */
class AccessTest extends WebTest {
  private static final String KEY = "correct-horse-battery-staple";
  private static final String ORIGIN = "https://chat.example";

  private static RunningServer guarded() {
    return RunningServer.start(
        WebSettings.of(
            WebSettings.Access.of(
                true, Set.of(ORIGIN), ApiKeys.of(List.of("another-key-0123", KEY)))));
  }

  private static String send(RunningServer server, String method, String path, String... headers)
      throws IOException {
    String body = method.equals("POST") ? "{}" : "";
    StringBuilder request =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request.append("Content-Type: application/json\r\nContent-Length: ").append(body.length());
    request.append("\r\n\r\n").append(body);
    try (RawConnection client = RawConnection.open(server)) {
      client.send(request.toString());
      return client.readUntil("\r\n\r\n").toLowerCase(Locale.ROOT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/chat/completions",
    "POST, /v1/completions",
    "GET, /v1/models",
    "POST, /cluster/plan",
    "POST, /cluster/profile",
    "POST, /cluster/what-if"
  })
  void key_missingOrWrong_isAskedFor(String method, String path) throws Exception {
    try (RunningServer server = guarded()) {
      for (String header :
          List.of("X: y", "Authorization: Bearer wrong", "Authorization: Basic " + KEY)) {
        assertThat(send(server, method, path, header))
            .startsWith("http/1.1 401")
            .contains("www-authenticate: bearer");
      }
      assertThat(send(server, method, path, "Authorization: Bearer " + KEY))
          .doesNotStartWith("http/1.1 401");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/docs", "/openapi.json", "/health", "/health/live", "/metrics", "/cluster"})
  void key_whatOnlyLooks_isOpen(String path) throws Exception {
    try (RunningServer server = guarded()) {
      assertThat(send(server, "GET", path)).startsWith("http/1.1 200");
    }
  }

  @Test
  void origin_allowed_isAnsweredBeforehandAndWithTheAnswer() throws Exception {
    try (RunningServer server = guarded()) {
      assertThat(
              send(
                  server,
                  "OPTIONS",
                  "/v1/chat/completions",
                  "Origin: " + ORIGIN,
                  "Access-Control-Request-Method: POST",
                  "Access-Control-Request-Headers: authorization,content-type"))
          .startsWith("http/1.1 204")
          .contains("access-control-allow-origin: " + ORIGIN)
          .contains("access-control-allow-headers:");
      assertThat(send(server, "POST", "/v1/chat/completions", "Origin: " + ORIGIN))
          .startsWith("http/1.1 401")
          .contains("access-control-allow-origin: " + ORIGIN)
          .contains("access-control-expose-headers:");
    }
  }

  @Test
  void origin_anyOther_getsNoWordThatLetsItRead() throws Exception {
    try (RunningServer server = guarded()) {
      for (String method : List.of("OPTIONS", "POST", "GET")) {
        assertThat(send(server, method, "/v1/models", "Origin: https://evil.example"))
            .doesNotContain("access-control-allow-origin");
      }
    }
  }

  @Test
  void requestId_everyAnswer_hasOneAndASaneOneIsKept() throws Exception {
    assertThat(send(server, "GET", "/")).contains("x-request-id: req-");
    assertThat(send(server, "GET", "/nowhere")).contains("x-request-id: req-");
    assertThat(send(server, "POST", "/v1/completions")).contains("x-request-id: req-");
    assertThat(send(server, "GET", "/health", "X-Request-Id: trace-7.a"))
        .contains("x-request-id: trace-7.a");
    assertThat(send(server, "GET", "/health", "X-Request-Id: a b", "X: y"))
        .contains("x-request-id: req-");
    assertThat(send(server, "GET", "/health", "X-Request-Id: " + "x".repeat(200)))
        .contains("x-request-id: req-");
  }

  @Test
  void requestId_stream_hasOneToo() throws Exception {
    server.generator().play(it -> it.tokens("a").finish(FinishReason.STOP));
    assertThat(http.post(CHAT, chat("\"stream\":true")).headers().firstValue("x-request-id"))
        .isPresent();
  }
}
