package io.edgeshard.web.guard;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;
import java.util.Set;

/**
 * Lets pages of named origins use the API from a browser (CORS). A page of any other origin gets no
 * such word, so that its browser keeps the answer from it.
 */
public final class OtherOrigins {
  private final Set<String> allowed;
  private final CorsHandler cors;

  /** These, as browsers send them: {@code https://chat.example}. */
  public OtherOrigins(Set<String> allowed) {
    this.allowed = allowed;
    this.cors =
        CorsHandler.create()
            .addOrigins(List.copyOf(allowed))
            .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE))
            .allowedHeaders(Set.of("Authorization", "Content-Type", RequestId.HEADER))
            .exposedHeaders(Set.of(RequestId.HEADER, "Retry-After"))
            .maxAgeSeconds(600);
  }

  /** Adds what the browser wants to know, and answers when it asks beforehand. */
  public void handle(RoutingContext context) {
    String origin = context.request().getHeader(HttpHeaders.ORIGIN);
    if (origin != null && allowed.contains(origin)) {
      cors.handle(context);
    } else {
      context.next();
    }
  }
}
