package io.edgeshard.verticles.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Stream;

/** A cluster's HTTP interface, asked with the JDK's client. */
final class Api {
  static final Duration READY_LIMIT = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration REQUEST_LIMIT = Duration.ofMinutes(2);
  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;

  Api(String base) {
    this.base = base;
  }

  String base() {
    return base;
  }

  void awaitReady() {
    Conditions.await("a ready cluster", READY_LIMIT, this::isReady, this::readiness);
  }

  boolean isReady() {
    try {
      return get("/health/ready").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  String readiness() {
    try {
      return get("/health/ready").body();
    } catch (UncheckedIOException failure) {
      return failure.toString();
    }
  }

  JsonNode cluster() {
    return json(get("/cluster").body());
  }

  String metrics() {
    return get("/metrics").body();
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET().build(), BodyHandlers.ofString());
  }

  /** The answer to a completion, which must be one. */
  JsonNode complete(String body) {
    HttpResponse<String> response = post("/v1/completions", body, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new AssertionError("expected an answer, found " + response.body());
    }
    return json(response.body());
  }

  /** The events of a streamed completion as they come; close the stream to go away. */
  Stream<String> stream(String body) {
    return post("/v1/completions", body, BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring("data: ".length()));
  }

  private <T> HttpResponse<T> post(String path, String body, HttpResponse.BodyHandler<T> handler) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        handler);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(REQUEST_LIMIT);
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException damaged) {
      throw new UncheckedIOException(text, damaged);
    }
  }
}
