package io.edgeshard.web.guard;

import io.vertx.core.http.HttpServerOptions;

/** How the HTTP server is set so that no client can make it hold much. */
public final class HttpLimits {
  static final int MAX_INITIAL_LINE_BYTES = 4096;
  static final int MAX_HEADER_BYTES = 16 << 10;
  private static final int BACKLOG = 256;

  private HttpLimits() {}

  /**
   * HTTP/1.1 only: a browser speaks no HTTP/2 without TLS, and without it there is one connection
   * for one answer, so that to stop one is to close it. No compression: it would hold events back.
   * No idle timeout: an answer that is not streamed may rightly be silent for minutes, and {@link
   * ConnectionGuard} knows a silence that is right from one that is not.
   */
  public static HttpServerOptions options() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false)
        .setMaxInitialLineLength(MAX_INITIAL_LINE_BYTES)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setAcceptBacklog(BACKLOG)
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true);
  }
}
