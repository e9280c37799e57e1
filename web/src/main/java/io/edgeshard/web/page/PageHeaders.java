package io.edgeshard.web.page;

import io.vertx.core.MultiMap;

/**
 * The headers that keep the page to itself: nothing from elsewhere is loaded, no text becomes a
 * script, nobody frames it.
 */
final class PageHeaders {
  /**
   * What the browser may do. Everything not named is forbidden; markup can only be made by the
   * sanitiser (its Trusted Types policy is the only one allowed), so that even a mistake of ours
   * does not turn an answer into a script.
   */
  static final String CONTENT_SECURITY_POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self'",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
          "require-trusted-types-for 'script'",
          "trusted-types dompurify");

  private PageHeaders() {}

  static void addTo(MultiMap headers) {
    headers
        .set("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .set("X-Content-Type-Options", "nosniff")
        .set("X-Frame-Options", "DENY")
        .set("Referrer-Policy", "no-referrer")
        .set("Cross-Origin-Opener-Policy", "same-origin")
        .set("Cross-Origin-Resource-Policy", "same-origin")
        .set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), usb=()");
  }
}
