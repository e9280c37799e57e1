package io.edgeshard.verticles.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.partition.LayersByHand;
import io.edgeshard.web.plan.PlanRefusedException;
import io.edgeshard.web.plan.PlanView;
import io.edgeshard.web.plan.WhatIf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanDeskTest {
  private static final Planner BY_HAND = new LayersByHand(List.of(20, 10));
  private static final Optional<PlanFacts> KNOWN =
      Optional.of(
          new PlanFacts(Scenarios.measured(), Optional.empty(), Map.of(), Optional.empty()));

  private final List<String> orders = new ArrayList<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private @Nullable PlanDesk desk;

  @AfterEach
  void close() {
    release.countDown();
    if (desk != null) {
      desk.close();
    }
  }

  private PlanDesk desk(Optional<PlanFacts> facts, Planner planner, Duration limit) {
    Replanning replanning =
        new Replanning() {
          @Override
          public CompletionStage<Void> planAgain() {
            orders.add("plan");
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public CompletionStage<Void> measureAgain() {
            orders.add("measure");
            return CompletableFuture.completedFuture(null);
          }
        };
    PlanDesk made = new PlanDesk(() -> facts, planner, replanning, limit);
    desk = made;
    return made;
  }

  private PlanDesk desk(Optional<PlanFacts> facts, Planner planner) {
    return desk(facts, planner, Duration.ofMinutes(1));
  }

  private static Future<PlanView> ask(PlanDesk desk) {
    return desk.whatIf(WhatIf.nothing()).toCompletableFuture();
  }

  private static PlanView get(Future<PlanView> answer) throws Exception {
    return answer.get(10, TimeUnit.SECONDS);
  }

  private static void isRefused(Future<PlanView> answer, String sentence) {
    assertThatThrownBy(() -> get(answer))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(PlanRefusedException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void whatIf_noPlanInForce_isPlannedAllTheSame() throws Exception {
    PlanDesk desk = desk(KNOWN, BY_HAND);

    assertThat(desk.current()).isEmpty();
    assertThat(get(ask(desk)).stages()).hasSize(2);
  }

  @Test
  void whatIf_callersThread_isNotWhereItIsPlanned() throws Exception {
    Thread[] planning = new Thread[1];
    Planner remembering =
        request -> {
          planning[0] = Thread.currentThread();
          return BY_HAND.plan(request);
        };

    get(ask(desk(KNOWN, remembering)));

    assertThat(planning[0]).isNotNull().isNotSameAs(Thread.currentThread());
  }

  @Test
  void whatIf_nothingMeasured_isRefused() {
    isRefused(ask(desk(Optional.empty(), BY_HAND)), "found none yet");
  }

  @Test
  void whatIf_nothingFits_isRefusedWithThePlannersReason() {
    isRefused(
        ask(desk(KNOWN, request -> new Infeasible("home lacks 3 bytes", 3))),
        "no plan fits: home lacks 3 bytes");
  }

  @Test
  void whatIf_tooMany_furtherOnesAreRefusedAtOnce() throws Exception {
    PlanDesk desk = desk(KNOWN, blocked());

    List<Future<PlanView>> answers = IntStream.range(0, 20).mapToObj(i -> ask(desk)).toList();

    isRefused(answers.get(19), "ask again in a moment");
    release.countDown();
    assertThat(get(answers.get(0)).stages()).hasSize(2);
  }

  @Test
  void whatIf_takesTooLong_isRefusedAtTheLimit() {
    isRefused(ask(desk(KNOWN, blocked(), Duration.ofMillis(1))), "expected a plan within");
  }

  private Planner blocked() {
    return request -> {
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return BY_HAND.plan(request);
    };
  }

  @Test
  void orders_areHandedOn() {
    PlanDesk desk = desk(KNOWN, BY_HAND);

    assertThat(desk.planAgain()).isCompleted();
    assertThat(desk.profileAgain()).isCompleted();

    assertThat(orders).containsExactly("plan", "measure");
  }

  @Test
  void catalogue_isTold() {
    PlanDesk desk = desk(KNOWN, BY_HAND);

    assertThat(desk.devices()).contains("raspberry-pi-5");
    assertThat(desk.models()).contains("llama-2-7b");
  }
}
