package io.edgeshard.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The JDK's HTTP client with the few requests that tests need. */
public final class Http {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RunningServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public Http(RunningServer server) {
    this.server = server;
  }

  /** The answer to a GET. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(server.uri(path)).timeout(PATIENCE).build(),
        BodyHandlers.ofString());
  }

  /** The answer to a DELETE. */
  public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(server.uri(path)).timeout(PATIENCE).DELETE().build(),
        BodyHandlers.ofString());
  }

  /** The answer to a GET while it comes. */
  public HttpResponse<InputStream> streamed(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(server.uri(path)).timeout(PATIENCE).build(),
        BodyHandlers.ofInputStream());
  }

  /** The answer to a POST of JSON. */
  public HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return post(path, body.getBytes(StandardCharsets.UTF_8));
  }

  /** The answer to a POST of what may be JSON. */
  public HttpResponse<String> post(String path, byte[] body)
      throws IOException, InterruptedException {
    return client.send(json(path, body).build(), BodyHandlers.ofString());
  }

  /** The answer to a POST of JSON, when it comes. */
  public CompletableFuture<HttpResponse<String>> postLater(String path, String body) {
    return client.sendAsync(
        json(path, body.getBytes(StandardCharsets.UTF_8)).build(), BodyHandlers.ofString());
  }

  /** The answer to a POST of JSON while it comes. */
  public HttpResponse<InputStream> stream(String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        json(path, body.getBytes(StandardCharsets.UTF_8)).build(), BodyHandlers.ofInputStream());
  }

  /** The answer to a POST with these headers, name after value. */
  public HttpResponse<String> postWith(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder json(String path, byte[] body) {
    return HttpRequest.newBuilder(server.uri(path))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(body));
  }

  /** What a body says. */
  public static JsonNode json(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw new AssertionError("expected JSON, found: " + body, e);
    }
  }

  /** The data of the events of a whole stream, in order. */
  public static List<String> events(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring("data: ".length()))
        .toList();
  }
}
