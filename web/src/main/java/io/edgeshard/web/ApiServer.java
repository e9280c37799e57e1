package io.edgeshard.web;

import io.edgeshard.web.guard.ConnectionGuard;
import io.edgeshard.web.guard.ErrorHandler;
import io.edgeshard.web.guard.HttpLimits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.List;

/** The HTTP server with its routes and all limits, not yet listening. */
public final class ApiServer {
  private ApiServer() {}

  /** A server for these services; call it and {@code listen} on the verticle's own context. */
  public static HttpServer create(Vertx vertx, ApiServices services, WebSettings settings) {
    return create(vertx, services, settings, HttpLimits.options());
  }

  static HttpServer create(
      Vertx vertx, ApiServices services, WebSettings settings, HttpServerOptions options) {
    ConnectionGuard connections = new ConnectionGuard(vertx, settings.connections());
    ErrorHandler errors = new ErrorHandler(settings.bodyLimitBytes(), List.of());
    Router router = ApiRouter.create(vertx, services, settings);
    router.route().order(-1).handler(connections::arrived);
    return vertx
        .createHttpServer(options)
        .connectionHandler(connections::opened)
        .invalidRequestHandler(errors::handleInvalid)
        .requestHandler(router);
  }
}
