package io.edgeshard.verticles.http;

import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.web.ApiServer;
import io.edgeshard.web.ApiServices;
import io.edgeshard.web.WebSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the node that serves clients. */
public final class HttpVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HttpVerticle.class);

  private final NodeConfig.Http http;
  private final ApiServices services;
  private volatile int port;

  public HttpVerticle(NodeConfig.Http http, ApiServices services) {
    this.http = http;
    this.services = services;
  }

  @Override
  public Future<?> start() throws UnknownHostException {
    boolean isLoopback = InetAddress.getByName(http.host()).isLoopbackAddress();
    if (!isLoopback && http.keys().isEmpty()) {
      LOG.warn(
          "event=open-to-all reason=\"anybody who reaches {} may use this server: --api-key-file"
              + " asks for a key\"",
          http.host());
    }
    WebSettings settings =
        WebSettings.of(WebSettings.Access.of(isLoopback, http.origins(), http.keys()));
    return ApiServer.create(vertx, services, settings)
        .listen(http.port(), http.host())
        .onSuccess(server -> port = server.actualPort());
  }

  /** Where clients are served, once deployed. */
  public NodeConfig.Address address() {
    return new NodeConfig.Address(http.host(), port);
  }
}
