package io.edgeshard.web.guard;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;

/** Gives every request an id that its answer, and what the log says of it, carry. */
public final class RequestId {
  /** The header, of requests and answers. */
  public static final String HEADER = "X-Request-Id";

  private static final String KEY = "edgeshard.request-id";

  /** A client's own is taken when it can stand in a log. */
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

  private RequestId() {}

  /** Chooses the id. */
  public static void handle(RoutingContext context) {
    String given = context.request().getHeader(HEADER);
    String id = given != null && SANE.matcher(given).matches() ? given : "req-" + UUID.randomUUID();
    context.put(KEY, id);
    context.response().putHeader(HEADER, id);
    context.next();
  }

  /** That of a request. */
  public static String of(RoutingContext context) {
    return context.get(KEY, "none");
  }
}
