package io.edgeshard.web.guard;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.error.Faults;
import io.edgeshard.web.json.Json;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure of a request into one error object with the right status. */
public final class ErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorHandler.class);

  /** Where a context keeps the name of its route, for logs and metrics. */
  public static final String ROUTE = "edgeshard.route";

  private static final int MALFORMED = 400;
  private static final int TOO_LARGE = 413;

  private final int bodyLimitBytes;
  private final UnknownPaths unknown;

  /** For a server that takes bodies of so many bytes, and knows these paths and no others. */
  public ErrorHandler(int bodyLimitBytes, List<String> paths) {
    this.bodyLimitBytes = bodyLimitBytes;
    this.unknown = new UnknownPaths(paths);
  }

  /** Answers what a handler of the router failed. */
  public void failed(RoutingContext context) {
    boolean gone = context.response().closed() || context.failure() instanceof HttpClosedException;
    if (gone) {
      return;
    }
    if (context.failure() instanceof ApiException failure) {
      answer(context, failure);
    } else if (context.statusCode() == MALFORMED) {
      malformed(context);
    } else if (context.statusCode() == TOO_LARGE) {
      answer(context, tooLarge());
    } else {
      answer(context, unexpected(context));
    }
  }

  /** Answers a request that the router cannot read. */
  public void malformed(RoutingContext context) {
    answer(
        context,
        ApiException.refused(
            MALFORMED,
            "malformed_request",
            "expected a path in order and one Host header, found a request without"));
  }

  /** Answers a request that no route takes. */
  public void unknown(RoutingContext context) {
    answer(context, unknown.refusal(context.normalizedPath()));
  }

  private static void answer(RoutingContext context, ApiException failure) {
    HttpServerResponse response = context.response();
    if (response.headWritten()) {
      Connections.drop(context.request().connection());
    } else if (!response.ended() && !response.closed()) {
      send(response, failure);
    }
  }

  /** Answers bytes that are no request at all, and closes the connection. */
  public void handleInvalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    String kind = cause == null ? "" : cause.getClass().getSimpleName();
    request.response().putHeader(HttpHeaders.CONNECTION, "close");
    send(
        request.response(),
        switch (kind) {
          case "TooLongHttpLineException" ->
              ApiException.refused(
                  414,
                  "uri_too_long",
                  "expected a request line of up to "
                      + HttpLimits.MAX_INITIAL_LINE_BYTES
                      + " bytes, found a longer one");
          case "TooLongHttpHeaderException" ->
              ApiException.refused(
                  431,
                  "headers_too_large",
                  "expected headers of up to "
                      + HttpLimits.MAX_HEADER_BYTES
                      + " bytes together, found more");
          default ->
              ApiException.refused(400, "malformed_request", "expected HTTP, found something else");
        });
    request.connection().close();
  }

  private ApiException tooLarge() {
    return ApiException.refused(
        TOO_LARGE,
        "request_too_large",
        "expected a body of up to " + bodyLimitBytes + " bytes, found a longer one");
  }

  private static ApiException unexpected(RoutingContext context) {
    Throwable cause = context.failure();
    LOG.error(
        "event=request-failed requestId={} route={} status={}",
        RequestId.of(context),
        context.<String>get(ROUTE, "other"),
        context.statusCode(),
        cause == null ? null : Faults.withoutWords(cause));
    return ApiException.broken(
        500, "internal_error", "the server made a mistake with this request; its log says where");
  }

  private static void send(HttpServerResponse response, ApiException failure) {
    response
        .setStatusCode(failure.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    if (failure.retryAfterSeconds() > 0) {
      response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(failure.retryAfterSeconds()));
    }
    response.end(Json.write(failure.body()));
  }
}
