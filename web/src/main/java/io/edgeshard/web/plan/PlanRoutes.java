package io.edgeshard.web.plan;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.json.Json;
import io.edgeshard.web.json.JsonFields;
import io.edgeshard.web.json.StrictJson;
import io.edgeshard.web.plan.PlanSource.Measured;
import io.edgeshard.web.status.ClusterStatusSource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Handles {@code /cluster/plan}, {@code /cluster/profile}, {@code /cluster/what-if}, {@code
 * /cluster/devices} and {@code /cluster/models}. Nobody waits without limit.
 */
public final class PlanRoutes {
  private static final int OK = 200;
  private static final int ACCEPTED = 202;

  private final PlanSource plans;
  private final ClusterStatusSource cluster;
  private final PlanLimits limits;
  private final BoundedWork whatIfs;
  private final BoundedWork orders;
  private final BoundedWork wishes;

  public PlanRoutes(PlanSource plans, ClusterStatusSource cluster, PlanLimits limits) {
    this.plans = plans;
    this.cluster = cluster;
    this.limits = limits;
    this.whatIfs = new BoundedWork(limits.atOnce(), limits.answer());
    this.orders = new BoundedWork(limits.atOnce(), limits.begin());
    this.wishes = new BoundedWork(limits.atOnce(), limits.answer());
  }

  /** The plan in force and its explanation. */
  public void current(RoutingContext context) {
    PlanView plan = plans.current().orElseThrow(this::noPlan);
    json(context, OK, plan);
  }

  /** The plan that would be made after a change. */
  public void whatIf(RoutingContext context) {
    WhatIf change = WhatIfReader.read(body(context));
    whatIfs
        .start(context.vertx().getOrCreateContext(), () -> plans.whatIf(change))
        .onSuccess(plan -> json(context, OK, plan))
        .onFailure(cause -> fail(context, cause));
  }

  /** Measures all nodes and links anew, or with {@code linksOnly} those alone; then plans again. */
  public void profileAgain(RoutingContext context) {
    boolean linksOnly = context.body().length() > 0 && linksOnly(body(context));
    order(context, () -> plans.profileAgain(linksOnly ? Measured.LINKS : Measured.ALL));
  }

  /**
   * Plans again with what is known; for another aim or by another planner when the body says so.
   */
  public void planAgain(RoutingContext context) {
    WhatIf wish =
        context.body().length() > 0 ? WhatIfReader.readWish(body(context)) : WhatIf.nothing();
    if (wish.equals(WhatIf.nothing())) {
      order(context, () -> plans.planAgain(wish));
    } else {
      // Planned before it is said to have begun, so that it can be refused.
      wishes
          .start(context.vertx().getOrCreateContext(), () -> plans.planAgain(wish))
          .onSuccess(begun -> json(context, ACCEPTED, new Order("begun")))
          .onFailure(cause -> fail(context, cause));
    }
  }

  /** Names of the devices that could be added. */
  public void devices(RoutingContext context) {
    json(context, OK, new Devices(plans.devices()));
  }

  /** Names of the models that could be split. */
  public void models(RoutingContext context) {
    json(context, OK, new Models(plans.models()));
  }

  private static boolean linksOnly(JsonFields body) {
    body.refuseOthersThan("linksOnly");
    return body.flag("linksOnly", false);
  }

  private void order(RoutingContext context, Supplier<CompletionStage<Void>> work) {
    orders
        .start(context.vertx().getOrCreateContext(), work)
        .map(begun -> "begun")
        .recover(
            cause ->
                cause instanceof TimeoutException
                    ? Future.succeededFuture("waiting")
                    : Future.failedFuture(cause))
        .onSuccess(state -> json(context, ACCEPTED, new Order(state)))
        .onFailure(cause -> fail(context, cause));
  }

  private void fail(RoutingContext context, Throwable failure) {
    Throwable inner = failure instanceof CompletionException ? failure.getCause() : null;
    Throwable cause = inner == null ? failure : inner;
    if (cause instanceof PlanRefusedException refused) {
      context.fail(
          ApiException.refused(
              422,
              refused.isForAName() ? "unknown_name" : "plan_refused",
              String.valueOf(cause.getMessage())));
    } else if (cause instanceof TimeoutException) {
      context.fail(
          ApiException.broken(
              503,
              "plan_timeout",
              "expected a plan within "
                  + limits.answer().toMillis()
                  + " ms, found none yet: change less at once or ask again later"));
    } else {
      context.fail(cause);
    }
  }

  private ApiException noPlan() {
    String reason = cluster.status().reason();
    return ApiException.refused(
        404,
        "no_plan",
        reason.isEmpty() ? "there is no plan yet whose explanation could be shown" : reason);
  }

  private static JsonFields body(RoutingContext context) {
    Buffer body = context.body().buffer();
    return StrictJson.readObject(body == null ? new byte[0] : body.getBytes());
  }

  private static void json(RoutingContext context, int status, Object body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(Json.write(body));
  }

  private record Devices(List<String> devices) {}

  private record Models(List<String> models) {}

  private record Order(String state) {}
}
