package io.edgeshard.web.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeshard.web.json.Json;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Handles {@code /health/live}, {@code /health/ready}, {@code /metrics} and {@code /cluster}. */
public final class StatusRoutes {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final ClusterStatusSource cluster;
  private final PrometheusMeterRegistry registry;

  public StatusRoutes(ClusterStatusSource cluster, PrometheusMeterRegistry registry) {
    this.cluster = cluster;
    this.registry = registry;
  }

  /** This process answers; that is all. */
  public void live(RoutingContext context) {
    json(context, OK, new Health("live", ""));
  }

  /** A request for text would be answered, or why not. */
  public void ready(RoutingContext context) {
    ClusterStatus status = cluster.status();
    if (status.ready()) {
      json(context, OK, new Health("ready", ""));
    } else {
      json(context, UNAVAILABLE, new Health("not ready", status.reason()));
    }
  }

  /** Everything that is measured, for Prometheus. */
  public void metrics(RoutingContext context) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
        .end(registry.scrape());
  }

  /** How the cluster is. */
  public void cluster(RoutingContext context) {
    json(context, OK, cluster.status());
  }

  private static void json(RoutingContext context, int statusCode, Object body) {
    context
        .response()
        .setStatusCode(statusCode)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(Json.write(body));
  }

  private record Health(String status, @JsonInclude(JsonInclude.Include.NON_EMPTY) String reason) {}
}
