package io.edgeshard.web.guard;

import io.edgeshard.web.error.ApiException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Set;

/**
 * Asks for a key where text is made or the cluster is ordered about. What only looks at the cluster
 * holds no prompt and no answer, and is open.
 */
public final class ApiKeyGuard {
  private static final Set<HttpMethod> HARMLESS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final ApiKeys keys;

  public ApiKeyGuard(ApiKeys keys) {
    this.keys = keys;
  }

  /** Lets a request through or fails it. */
  public void handle(RoutingContext context) {
    String header =
        Objects.requireNonNullElse(context.request().getHeader(HttpHeaders.AUTHORIZATION), "");
    if (isGuarded(context) && !keys.admit(header)) {
      context.response().putHeader("WWW-Authenticate", "Bearer realm=\"EdgeShard\"");
      throw ApiException.refused(
          401,
          "invalid_api_key",
          "expected one of this server's API keys as 'Authorization: Bearer KEY', found "
              + (header.isEmpty() ? "none" : "another"));
    }
    context.next();
  }

  private static boolean isGuarded(RoutingContext context) {
    String path;
    try {
      path = context.normalizedPath();
    } catch (IllegalArgumentException undecodable) {
      return false; // no route takes it: the router answers that it is malformed
    }
    return path.startsWith("/v1/")
        || (path.startsWith("/cluster") && !HARMLESS.contains(context.request().method()));
  }
}
