package io.edgeshard.verticles.local.cluster;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

/** How the commands of this program ask a node: itself, by no proxy, and nobody it points to. */
final class NodeHttp {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

  private NodeHttp() {}

  /** What paths of a node are resolved against. */
  static URI base(String url) {
    return URI.create(url.endsWith("/") ? url : url + "/");
  }

  static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .connectTimeout(CONNECT_LIMIT)
        .build();
  }
}
