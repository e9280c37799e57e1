package io.edgeshard.web.guard;

import io.edgeshard.web.error.ApiException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Refuses bodies that do not say that they are JSON. That also keeps out what a foreign page can
 * send without asking: browsers send {@code application/json} across origins only with permission.
 */
public final class JsonBodyGuard {
  private static final Pattern JSON =
      Pattern.compile("application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-?8\"?\\s*)?;?\\s*");

  private JsonBodyGuard() {}

  /** Lets a request through or fails it. */
  public static void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !JSON.matcher(type.toLowerCase(Locale.ROOT).strip()).matches()) {
      throw unsupported("expected Content-Type: application/json in UTF-8, found another or none");
    }
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported("expected a body without Content-Encoding, found one that is encoded");
    }
    context.next();
  }

  private static ApiException unsupported(String message) {
    return ApiException.refused(415, "unsupported_media_type", message);
  }
}
