package io.edgeshard.web;

import io.edgeshard.web.guard.ConnectionLimits;
import io.edgeshard.web.plan.PlanLimits;
import io.edgeshard.web.sse.SseSettings;
import java.util.Set;

/**
 * What the HTTP server allows.
 *
 * @param allowedHosts host names, without port, that a request which changes state may name in its
 *     {@code Host} header; empty allows all. A server on loopback allows only the names of this
 *     machine: a page whose name was bound to 127.0.0.1 afterwards still sends its own
 * @param allowedOrigins further origins, as browsers send them, whose pages may change state; a
 *     page of this server always may. Has a meaning only where hosts are limited
 * @param bodyLimitBytes the longest request body
 * @param promptCountLimit the most prompts of one request to {@code /v1/completions}
 * @param connections how patient the server is with connections
 * @param sse how patient it is with those who read events
 * @param plans how long plans may take to be made
 */
public record WebSettings(
    Set<String> allowedHosts,
    Set<String> allowedOrigins,
    int bodyLimitBytes,
    int promptCountLimit,
    ConnectionLimits connections,
    SseSettings sse,
    PlanLimits plans) {
  private static final int BODY_LIMIT_BYTES = 2 << 20;
  private static final int PROMPT_COUNT_LIMIT = 64;

  public WebSettings {
    allowedHosts = Set.copyOf(allowedHosts);
    allowedOrigins = Set.copyOf(allowedOrigins);
    if (bodyLimitBytes < 1 || promptCountLimit < 1) {
      throw new IllegalArgumentException(
          "expected limits of at least 1, found bodyLimitBytes "
              + bodyLimitBytes
              + " and promptCountLimit "
              + promptCountLimit);
    }
  }

  /** For a server that only this machine can reach. */
  public static WebSettings forLoopback() {
    return new WebSettings(
        Set.of("localhost", "127.0.0.1", "[::1]"),
        Set.of(),
        BODY_LIMIT_BYTES,
        PROMPT_COUNT_LIMIT,
        ConnectionLimits.usual(),
        SseSettings.usual(),
        PlanLimits.usual());
  }

  /** For a server that others reach, under names that it does not know. */
  public static WebSettings forNetwork() {
    return new WebSettings(
        Set.of(),
        Set.of(),
        BODY_LIMIT_BYTES,
        PROMPT_COUNT_LIMIT,
        ConnectionLimits.usual(),
        SseSettings.usual(),
        PlanLimits.usual());
  }

  /** The same with another patience towards connections. */
  public WebSettings withConnections(ConnectionLimits limits) {
    return new WebSettings(
        allowedHosts, allowedOrigins, bodyLimitBytes, promptCountLimit, limits, sse, plans);
  }

  /** The same with another patience towards readers of events. */
  public WebSettings withSse(SseSettings settings) {
    return new WebSettings(
        allowedHosts,
        allowedOrigins,
        bodyLimitBytes,
        promptCountLimit,
        connections,
        settings,
        plans);
  }

  /** The same with another patience towards plans. */
  public WebSettings withPlans(PlanLimits limits) {
    return new WebSettings(
        allowedHosts, allowedOrigins, bodyLimitBytes, promptCountLimit, connections, sse, limits);
  }
}
