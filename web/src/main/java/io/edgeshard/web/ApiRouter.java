package io.edgeshard.web;

import io.edgeshard.web.answer.Answering;
import io.edgeshard.web.answer.KeptAnswers;
import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.guard.ApiKeyGuard;
import io.edgeshard.web.guard.ErrorHandler;
import io.edgeshard.web.guard.JsonBodyGuard;
import io.edgeshard.web.guard.OriginGuard;
import io.edgeshard.web.guard.OtherOrigins;
import io.edgeshard.web.guard.RequestId;
import io.edgeshard.web.metrics.GenerationMetrics;
import io.edgeshard.web.openai.CompletionRoutes;
import io.edgeshard.web.openai.ModelRoutes;
import io.edgeshard.web.page.PageRoutes;
import io.edgeshard.web.plan.PlanRoutes;
import io.edgeshard.web.status.ClusterEvents;
import io.edgeshard.web.status.StatusRoutes;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All routes of the HTTP server. Those of the API come first; a path that nobody takes is an error
 * object.
 */
public final class ApiRouter {
  private static final Logger LOG = LoggerFactory.getLogger(ApiRouter.class);

  /** What people may have meant who typed another path. */
  static final List<String> PATHS =
      List.of(
          "/",
          "/docs",
          "/openapi.json",
          "/health",
          "/health/live",
          "/health/ready",
          "/metrics",
          "/v1/chat/completions",
          "/v1/completions",
          "/v1/models",
          "/cluster",
          "/cluster/events",
          "/cluster/plan",
          "/cluster/profile",
          "/cluster/what-if",
          "/cluster/devices",
          "/cluster/models");

  private final Router router;
  private final GenerationMetrics metrics;
  private final WebSettings settings;

  private ApiRouter(Router router, GenerationMetrics metrics, WebSettings settings) {
    this.router = router;
    this.metrics = metrics;
    this.settings = settings;
  }

  /** A router with all of them. */
  public static Router create(Vertx vertx, ApiServices services, WebSettings settings) {
    ApiRouter api = new ApiRouter(Router.router(vertx), services.metrics(), settings);
    api.addGuards();
    api.addOpenAi(vertx, services);
    api.addStatus(vertx, services);
    api.addPlans(services);
    PageRoutes.mount(api.router);
    return api.router;
  }

  private void addGuards() {
    ErrorHandler errors = new ErrorHandler(settings.bodyLimitBytes(), PATHS);
    WebSettings.Access access = settings.access();
    router.errorHandler(400, errors::malformed).errorHandler(404, errors::unknown);
    router.route().failureHandler(errors::failed);
    router.route().handler(RequestId::handle);
    router.route().handler(this::begin);
    router.route().handler(new OtherOrigins(access.origins())::handle);
    router.route().handler(new OriginGuard(access.hosts(), access.origins())::handle);
    router.route().handler(new ApiKeyGuard(access.keys())::handle);
  }

  private void addOpenAi(Vertx vertx, ApiServices services) {
    KeptAnswers kept = new KeptAnswers(vertx, settings.sse(), settings.keptFor());
    Answering answering =
        new Answering(services.generator(), services.metrics(), settings.sse(), kept);
    CompletionRoutes completions =
        new CompletionRoutes(
            services.generator(),
            services.cluster(),
            answering,
            settings.promptCountLimit(),
            InstantSource.system());
    ModelRoutes models = new ModelRoutes(services.generator());
    post("/v1/chat/completions", completions::chat);
    post("/v1/completions", completions::completion);
    get("/v1/models", models::list);
    get("/v1/models/*", models::one);
    String answer = "/v1/answers/:id";
    only(answer, HttpMethod.GET, HttpMethod.DELETE);
    router.get(answer).handler(kept::read);
    router.delete(answer).handler(kept::stop);
  }

  private void addStatus(Vertx vertx, ApiServices services) {
    StatusRoutes status = new StatusRoutes(services.cluster(), services.registry());
    ClusterEvents events = new ClusterEvents(vertx, services.cluster(), settings.sse());
    get("/health/live", status::live);
    get("/health/ready", status::ready);
    get("/health", status::ready);
    get("/metrics", status::metrics);
    get("/cluster", status::cluster);
    get("/cluster/events", events::handle);
  }

  private void addPlans(ApiServices services) {
    PlanRoutes plans = new PlanRoutes(services.plans(), services.cluster(), settings.plans());
    only("/cluster/plan", HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);
    onGet("/cluster/plan", plans::current);
    onPost("/cluster/plan", plans::planAgain);
    post("/cluster/profile", plans::profileAgain);
    post("/cluster/what-if", plans::whatIf);
    get("/cluster/devices", plans::devices);
    get("/cluster/models", plans::models);
  }

  private void get(String path, Handler<RoutingContext> handler) {
    only(path, HttpMethod.GET, HttpMethod.HEAD);
    onGet(path, handler);
  }

  /** HEAD is answered as GET; the server itself leaves out the body. */
  private void onGet(String path, Handler<RoutingContext> handler) {
    router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
  }

  private void post(String path, Handler<RoutingContext> handler) {
    only(path, HttpMethod.POST);
    onPost(path, handler);
  }

  private void onPost(String path, Handler<RoutingContext> handler) {
    router.post(path).handler(JsonBodyGuard::handle);
    router.post(path).handler(BodyHandler.create(false).setBodyLimit(settings.bodyLimitBytes()));
    router.post(path).handler(handler);
  }

  /** Names the route for the metrics and refuses other methods. */
  private void only(String path, HttpMethod... methods) {
    List<HttpMethod> allowed = List.of(methods);
    String names = allowed.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
    router
        .route(path)
        .handler(
            context -> {
              context.put(ErrorHandler.ROUTE, path);
              HttpMethod method = context.request().method();
              if (!allowed.contains(method)) {
                context.response().putHeader(HttpHeaders.ALLOW, names);
                throw ApiException.refused(
                    405,
                    "method_not_allowed",
                    "expected " + names + " for " + path + ", found " + method);
              }
              context.next();
            });
  }

  private void begin(RoutingContext context) {
    context.response().putHeader("X-Content-Type-Options", "nosniff");
    context.addEndHandler(ended -> ended(context));
    context.next();
  }

  private void ended(RoutingContext context) {
    String route = context.get(ErrorHandler.ROUTE, "other");
    int status = context.response().getStatusCode();
    metrics.httpRequest(route, status);
    LOG.debug(
        "event=request requestId={} route={} status={}", RequestId.of(context), route, status);
  }
}
