package io.edgeshard.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is served is described, and what is described is served. */
class ApiDescriptionTest extends WebTest {
  private JsonNode api() throws Exception {
    return Http.json(http.get("/openapi.json").body());
  }

  @Test
  void openApi_everyPath_isServedWithItsMethods() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (var path : api().at("/paths").properties()) {
      String address = path.getKey().replace("{model}", "tiny").replace("{id}", "x");
      for (var call : path.getValue().properties()) {
        boolean streams = address.endsWith("/events");
        HttpResponse<String> answer =
            streams
                ? null
                : switch (call.getKey()) {
                  case "get" -> http.get(address);
                  case "delete" -> http.delete(address);
                  default -> http.post(address, "{}");
                };
        if (answer != null
            && (answer.statusCode() == 405 || answer.body().contains("unknown_url"))) {
          wrong.add(call.getKey() + " " + address + " " + answer.body());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void openApi_everyPathThatIsServed_isDescribed() throws Exception {
    JsonNode paths = api().at("/paths");
    assertThat(
            ApiRouter.PATHS.stream()
                .filter(path -> !List.of("/", "/docs", "/openapi.json").contains(path)))
        .allSatisfy(path -> assertThat(paths.has(path)).as(path).isTrue());
  }

  @ParameterizedTest
  @CsvSource({"ChatRequest, /v1/chat/completions", "CompletionRequest, /v1/completions"})
  void openApi_everyFieldOfARequest_isRead(String schema, String path) throws Exception {
    List<String> unread = new ArrayList<>();
    for (var field : api().at("/components/schemas/" + schema + "/properties").properties()) {
      String valid =
          "\"model\":\"tiny\",\"prompt\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]";
      String name = field.getKey();
      String body =
          "{"
              + Arrays.stream(valid.split(",(?=\"(?:prompt|messages))"))
                  .filter(one -> !one.startsWith("\"" + name + "\""))
                  .reduce("\"" + name + "\":[[{}]]", (all, one) -> all + "," + one)
              + "}";
      HttpResponse<String> answer = http.post(path, body);
      if (answer.statusCode() != 400 || !answer.body().contains("\"param\":\"" + name)) {
        unread.add(name + ": " + answer.body());
      }
    }
    assertThat(unread).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/embeddings | embeddings are not served here",
        "/v1/audio/speech | audio is not served here",
        "/images/generations | images are not served here",
        "/chat/completions | expected /v1/chat/completions, found /chat/completions: the base URL",
        "/v1/v1/models | expected /v1/models, found /v1/v1/models: the base URL",
        "/v1/chat/completion | did you mean /v1/chat/completions",
        "/healthz | did you mean /health",
        "/quite/another/thing | found /quite/another/thing: see /docs"
      })
  void unknownPath_saysWhichWasMeant(String path, String expected) throws Exception {
    HttpResponse<String> answer = http.post(path, "{}");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Http.json(answer.body()).at("/error/message").asText()).contains(expected);
  }

  @Test
  void health_isAsReady() throws Exception {
    assertThat(http.get("/health").body()).isEqualTo(http.get("/health/ready").body());
  }
}
