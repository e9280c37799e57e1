package io.edgeshard.verticles.local.cluster;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeshard.web.status.ClusterStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a node over HTTP how its cluster is. */
public final class ClusterClient {
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int OK = 200;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final HttpClient client = NodeHttp.client();
  private final URI base;

  /** A client of the node that serves at {@code url}. */
  public ClusterClient(String url) {
    this.base = NodeHttp.base(url);
  }

  /** How the cluster is; empty when there is no such answer. */
  public Optional<ClusterStatus> status() throws InterruptedException {
    try {
      HttpResponse<byte[]> answer = get("cluster");
      return answer.statusCode() == OK
          ? Optional.of(MAPPER.readValue(answer.body(), ClusterStatus.class))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a request would be answered. */
  public boolean isReady() throws InterruptedException {
    try {
      return get("health/ready").statusCode() == OK;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).GET().build();
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }
}
