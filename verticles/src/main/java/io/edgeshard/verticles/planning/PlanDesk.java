package io.edgeshard.verticles.planning;

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
  private static final CompletionStage<Void> BEGUN = CompletableFuture.completedStage(null);
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final Supplier<Optional<PlanFacts>> cluster;
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
  public PlanDesk(Supplier<Optional<PlanFacts>> cluster, Replanning replanning) {
    this(cluster, replanning, LIMIT);
  }

  PlanDesk(Supplier<Optional<PlanFacts>> cluster, Replanning replanning, Duration limit) {
    this.cluster = cluster;
    this.replanning = replanning;
    this.limit = limit;
  }

  @Override
  public Optional<PlanView> current() {
    return cluster.get().flatMap(PlanViews::inForce);
  }

  @Override
  public CompletionStage<PlanView> whatIf(WhatIf change) {
    return ask(() -> view(change));
  }

  private <T> CompletionStage<T> ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      worker.execute(() -> answer(question, answer));
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

  private static <T> void answer(Supplier<T> question, CompletableFuture<T> answer) {
    if (answer.isDone()) {
      return;
    }
    try {
      answer.complete(question.get());
    } catch (RuntimeException refused) {
      answer.completeExceptionally(refused);
    }
  }

  private PlanView view(WhatIf change) {
    PlanFacts facts = facts();
    Scenario scenario = after(change, facts);
    return PlanViews.imagined(scenario, scenario.plan(), facts.cores());
  }

  /**
   * What is wanted, once it is seen that a plan for it fits: a wish must not end a plan in force.
   */
  private Scenario feasible(WhatIf wish) {
    Scenario scenario = after(wish, facts());
    scenario.plan();
    return scenario;
  }

  private PlanFacts facts() {
    return cluster
        .get()
        .orElseThrow(
            () ->
                new PlanRefusedException(
                    "expected nodes that have been measured, found none yet: ask again once the cluster is ready"));
  }

  private static Scenario after(WhatIf change, PlanFacts facts) {
    return WhatIfs.apply(Scenario.measured(facts.request(), facts.planner()), change);
  }

  @Override
  public CompletionStage<Void> profileAgain(Measured what) {
    if (what == Measured.ALL) {
      replanning.measureAgain();
    } else {
      replanning.measureLinksAgain();
    }
    return BEGUN;
  }

  @Override
  public CompletionStage<Void> planAgain(WhatIf wish) {
    WhatIf wanted = WhatIf.wanting(wish.objective(), wish.planner());
    if (wanted.equals(WhatIf.nothing())) {
      replanning.planAgain();
      return BEGUN;
    }
    return ask(() -> feasible(wanted))
        .thenAccept(
            scenario ->
                replanning.planFor(
                    Optional.ofNullable(wanted.objective())
                        .map(named -> scenario.request().objective()),
                    Optional.ofNullable(wanted.planner()).map(named -> scenario.planner())));
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
