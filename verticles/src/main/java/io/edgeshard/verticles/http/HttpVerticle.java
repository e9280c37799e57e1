package io.edgeshard.verticles.http;

import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.web.ApiServer;
import io.edgeshard.web.ApiServices;
import io.edgeshard.web.WebSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The HTTP server of the node that serves clients. */
public final class HttpVerticle extends VerticleBase {
  private final NodeConfig.Http http;
  private final ApiServices services;
  private volatile int port;

  public HttpVerticle(NodeConfig.Http http, ApiServices services) {
    this.http = http;
    this.services = services;
  }

  @Override
  public Future<?> start() throws UnknownHostException {
    WebSettings settings =
        InetAddress.getByName(http.host()).isLoopbackAddress()
            ? WebSettings.forLoopback()
            : WebSettings.forNetwork();
    return ApiServer.create(vertx, services, settings)
        .listen(http.port(), http.host())
        .onSuccess(server -> port = server.actualPort());
  }

  /** Where clients are served, once deployed. */
  public NodeConfig.Address address() {
    return new NodeConfig.Address(http.host(), port);
  }
}
