package io.edgeshard.web.guard;

import io.edgeshard.web.error.ApiException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps pages of other origins from changing anything on a server that is for this machine only.
 *
 * <p>A page cannot choose its {@code Host} and {@code Origin} headers. A foreign {@code Origin} is
 * a page of somebody else; a foreign {@code Host} is a name that somebody else let point here after
 * his page was loaded (DNS rebinding), which makes the page's origin look like ours.
 */
public final class OriginGuard {
  private static final Set<HttpMethod> HARMLESS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127(\\.\\d{1,3}){3}");

  private final Set<String> allowedHosts;
  private final Set<String> allowedOrigins;

  /**
   * A guard for these names.
   *
   * @param allowedHosts without port; empty allows all, and all origins too
   * @param allowedOrigins beside the server's own
   */
  public OriginGuard(Set<String> allowedHosts, Set<String> allowedOrigins) {
    this.allowedHosts = allowedHosts;
    this.allowedOrigins = allowedOrigins;
  }

  /** Lets a request through or fails it. */
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!allowedHosts.isEmpty() && !HARMLESS.contains(request.method())) {
      checkHost(request);
      checkOrigin(request);
    }
    context.next();
  }

  private void checkHost(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    if (authority == null
        || request.headers().getAll(HttpHeaders.HOST).size() != 1
        || !isAllowed(authority.host().toLowerCase(Locale.ROOT))) {
      throw ApiException.refused(
          403,
          "foreign_host",
          "expected a Host header that names this machine ("
              + String.join(", ", allowedHosts.stream().sorted().toList())
              + "), found another; a server that is to be reached under other names is started with"
              + " --host");
    }
  }

  /** An address of this machine is as good as its name: nobody can let it point elsewhere. */
  private boolean isAllowed(String host) {
    return allowedHosts.contains(host) || LOOPBACK_ADDRESS.matcher(host).matches();
  }

  private void checkOrigin(HttpServerRequest request) {
    for (String origin : request.headers().getAll(HttpHeaders.ORIGIN)) {
      boolean own = origin.equals("http://" + request.getHeader(HttpHeaders.HOST));
      if (!own && !allowedOrigins.contains(origin)) {
        throw ApiException.refused(
            403,
            "foreign_origin",
            "expected a request from this server's own pages or from a program, found one from a"
                + " page of another origin");
      }
    }
  }
}
