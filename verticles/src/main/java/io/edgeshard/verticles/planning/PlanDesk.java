package io.edgeshard.verticles.planning;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.catalogue.Devices;
import io.edgeshard.planner.catalogue.Models;
import io.edgeshard.web.plan.PlanRefusedException;
import io.edgeshard.web.plan.PlanSource;
import io.edgeshard.web.plan.PlanView;
import io.edgeshard.web.plan.WhatIf;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where clients ask about plans. What would be if is planned on a thread of its own, so that no
 * event loop waits for it, with few questions waiting and a limit for each. Thread-safe.
 */
public final class PlanDesk implements PlanSource, AutoCloseable {
  private static final int MOST_WAITING = 8;
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final Supplier<Optional<PlanFacts>> cluster;
  private final Planner planner;
  private final Replanning replanning;
  private final Duration limit;
  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> {
            Thread thread = new Thread(task, "what-if");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A desk.
   *
   * @param cluster what is known of the cluster that is here; empty before nodes were measured
   */
  public PlanDesk(Supplier<Optional<PlanFacts>> cluster, Planner planner, Replanning replanning) {
    this(cluster, planner, replanning, LIMIT);
  }

  PlanDesk(
      Supplier<Optional<PlanFacts>> cluster,
      Planner planner,
      Replanning replanning,
      Duration limit) {
    this.cluster = cluster;
    this.planner = planner;
    this.replanning = replanning;
    this.limit = limit;
  }

  @Override
  public Optional<PlanView> current() {
    return cluster.get().flatMap(PlanViews::inForce);
  }

  @Override
  public CompletionStage<PlanView> whatIf(WhatIf change) {
    CompletableFuture<PlanView> answer = new CompletableFuture<>();
    try {
      worker.execute(() -> answer(change, answer));
    } catch (RejectedExecutionException full) {
      answer.completeExceptionally(
          new PlanRefusedException(
              "expected at most %d questions to wait, found more: ask again in a moment"
                  .formatted(MOST_WAITING)));
    }
    // The limit's own exception says nothing to a client; completing twice does no harm.
    CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(
            () ->
                answer.completeExceptionally(
                    new PlanRefusedException(
                        "expected a plan within %d s, found none: ask about fewer nodes"
                            .formatted(limit.toSeconds()))));
    return answer;
  }

  private void answer(WhatIf change, CompletableFuture<PlanView> answer) {
    if (answer.isDone()) {
      return;
    }
    try {
      answer.complete(plan(change));
    } catch (RuntimeException refused) {
      answer.completeExceptionally(refused);
    }
  }

  private PlanView plan(WhatIf change) {
    PlanFacts facts =
        cluster
            .get()
            .orElseThrow(
                () ->
                    new PlanRefusedException(
                        "expected nodes that have been measured, found none yet: ask again once the cluster is ready"));
    Scenario scenario = WhatIfs.apply(Scenario.measured(facts.request()), change);
    PlanningResult result = planner.plan(scenario.request());
    if (result instanceof Infeasible infeasible) {
      throw new PlanRefusedException("no plan fits: " + infeasible.reason());
    }
    return PlanViews.imagined(scenario, (Planned) result, facts.cores());
  }

  @Override
  public CompletionStage<Void> profileAgain() {
    return replanning.measureAgain();
  }

  @Override
  public CompletionStage<Void> planAgain() {
    return replanning.planAgain();
  }

  @Override
  public List<String> devices() {
    return Devices.names();
  }

  @Override
  public List<String> models() {
    return Models.names();
  }

  /** Ends the worker; questions that wait are refused by their limit. */
  @Override
  public void close() {
    worker.shutdownNow();
  }
}
