package io.edgeshard.web;

import io.edgeshard.web.generation.SamplingDefaults;
import io.edgeshard.web.generation.ScriptedTextGenerator;
import io.edgeshard.web.generation.ServedModel;
import io.edgeshard.web.guard.HttpLimits;
import io.edgeshard.web.metrics.GenerationMetrics;
import io.edgeshard.web.plan.ScriptedPlanSource;
import io.edgeshard.web.status.ScriptedClusterStatus;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * The real server on a free loopback port, in front of a scripted generator, cluster and planner.
 */
public final class RunningServer implements AutoCloseable {
  /** The first of the two models that are served. */
  public static final ServedModel MODEL =
      new ServedModel("tiny", 1_700_000_000L, 256, SamplingDefaults.PLAIN);

  private static final ServedModel OTHER =
      new ServedModel("lab/other", 1_700_000_001L, 64, SamplingDefaults.PLAIN);
  private static final long PATIENCE_SECONDS = 30;

  private final Vertx vertx;
  private final HttpServer server;
  private final ScriptedTextGenerator generator;
  private final ScriptedClusterStatus cluster;
  private final ScriptedPlanSource plans;

  private boolean closed;

  private RunningServer(
      Vertx vertx,
      HttpServer server,
      ScriptedTextGenerator generator,
      ScriptedClusterStatus cluster,
      ScriptedPlanSource plans) {
    this.vertx = vertx;
    this.server = server;
    this.generator = generator;
    this.cluster = cluster;
    this.plans = plans;
  }

  /** As on a developer's machine. */
  public static RunningServer start() {
    return start(WebSettings.forLoopback());
  }

  /** With these settings. */
  public static RunningServer start(WebSettings settings) {
    return start(settings, HttpLimits.options());
  }

  /** With these settings and socket options. */
  public static RunningServer start(WebSettings settings, HttpServerOptions options) {
    Vertx vertx = Vertx.vertx();
    ScriptedTextGenerator generator = new ScriptedTextGenerator(MODEL, OTHER);
    ScriptedClusterStatus cluster = new ScriptedClusterStatus();
    ScriptedPlanSource plans = new ScriptedPlanSource();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    ApiServices services =
        new ApiServices(generator, cluster, plans, new GenerationMetrics(registry), registry);
    HttpServer server =
        await(ApiServer.create(vertx, services, settings, options).listen(0, "127.0.0.1"));
    return new RunningServer(vertx, server, generator, cluster, plans);
  }

  /** What makes its text. */
  public ScriptedTextGenerator generator() {
    return generator;
  }

  /** How its cluster is. */
  public ScriptedClusterStatus cluster() {
    return cluster;
  }

  /** Who makes its plans. */
  public ScriptedPlanSource plans() {
    return plans;
  }

  /** Where it listens. */
  public int port() {
    return server.actualPort();
  }

  /** Its address with a path. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** Ends it; again without effect. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      await(server.close());
      await(vertx.close());
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("expected the server to start and stop in time", e);
    }
  }
}
