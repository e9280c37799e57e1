package io.edgeshard.web;

import io.edgeshard.web.guard.ApiKeys;
import io.edgeshard.web.guard.ConnectionLimits;
import io.edgeshard.web.plan.PlanLimits;
import io.edgeshard.web.sse.SseSettings;
import java.time.Duration;
import java.util.Set;

/**
 * What the HTTP server allows.
 *
 * @param access who may use it
 * @param bodyLimitBytes the longest request body
 * @param promptCountLimit the most prompts of one request to {@code /v1/completions}
 * @param connections how patient the server is with connections
 * @param sse how patient it is with those who read events
 * @param plans how long plans may take to be made
 * @param keptFor how long an answer is kept for a client that lost it
 */
public record WebSettings(
    Access access,
    int bodyLimitBytes,
    int promptCountLimit,
    ConnectionLimits connections,
    SseSettings sse,
    PlanLimits plans,
    Duration keptFor) {
  private static final int BODY_LIMIT_BYTES = 2 << 20;
  private static final int PROMPT_COUNT_LIMIT = 64;
  private static final Duration KEPT_FOR = Duration.ofMinutes(1);

  public WebSettings {
    if (bodyLimitBytes < 1 || promptCountLimit < 1) {
      throw new IllegalArgumentException(
          "expected limits of at least 1, found bodyLimitBytes "
              + bodyLimitBytes
              + " and promptCountLimit "
              + promptCountLimit);
    }
  }

  /**
   * Who may use the server.
   *
   * @param hosts host names, without port, that a request which changes state may name in its
   *     {@code Host} header; empty allows all. A server on loopback allows only the names of this
   *     machine: a page whose name was bound to 127.0.0.1 afterwards still sends its own
   * @param origins further origins, as browsers send them, whose pages may use the API; a page of
   *     this server always may
   * @param keys what clients must show
   */
  public record Access(Set<String> hosts, Set<String> origins, ApiKeys keys) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    public Access {
      hosts = Set.copyOf(hosts);
      origins = Set.copyOf(origins);
    }

    /** Of a server that only this machine can reach, or that others reach under any name. */
    public static Access of(boolean isLoopback, Set<String> origins, ApiKeys keys) {
      return new Access(isLoopback ? THIS_MACHINE : Set.of(), origins, keys);
    }
  }

  /** For a server that only this machine can reach. */
  public static WebSettings forLoopback() {
    return of(Access.of(true, Set.of(), ApiKeys.NONE));
  }

  /** The usual patience, for those who may use the server. */
  public static WebSettings of(Access access) {
    return new WebSettings(
        access,
        BODY_LIMIT_BYTES,
        PROMPT_COUNT_LIMIT,
        ConnectionLimits.usual(),
        SseSettings.usual(),
        PlanLimits.usual(),
        KEPT_FOR);
  }

  /** The same with another patience towards connections. */
  public WebSettings withConnections(ConnectionLimits limits) {
    return new WebSettings(access, bodyLimitBytes, promptCountLimit, limits, sse, plans, keptFor);
  }

  /** The same with another patience towards readers of events. */
  public WebSettings withSse(SseSettings settings) {
    return new WebSettings(
        access, bodyLimitBytes, promptCountLimit, connections, settings, plans, keptFor);
  }

  /** The same with another patience towards plans. */
  public WebSettings withPlans(PlanLimits limits) {
    return new WebSettings(
        access, bodyLimitBytes, promptCountLimit, connections, sse, limits, keptFor);
  }

  /** The same with another patience towards clients that lost an answer. */
  public WebSettings withKeptFor(Duration time) {
    return new WebSettings(access, bodyLimitBytes, promptCountLimit, connections, sse, plans, time);
  }
}
