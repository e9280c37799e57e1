package io.edgeshard.verticles.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.partition.LayersByHand;
import io.edgeshard.web.plan.PlanRefusedException;
import io.edgeshard.web.plan.PlanSource.Measured;
import io.edgeshard.web.plan.PlanView;
import io.edgeshard.web.plan.WhatIf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** What is known before there is a plan, when this planner is the one in charge. */
  private static Optional<PlanFacts> known(Planner planner) {
    return Optional.of(
        new PlanFacts(Scenarios.measured(), planner, Optional.empty(), Map.of(), Optional.empty()));
  }

  private PlanDesk desk(Optional<PlanFacts> facts, Duration limit) {
    Replanning replanning =
        new Replanning() {
          @Override
          public void planAgain() {
            orders.add("plan");
          }

          @Override
          public void planFor(Optional<Objective> objective, Optional<Planner> planner) {
            orders.add(
                "plan for %s by %s"
                    .formatted(
                        objective.map(Objectives::words).orElse("the same"),
                        planner.map(named -> named.getClass().getSimpleName()).orElse("the same")));
          }

          @Override
          public void measureAgain() {
            orders.add("measure");
          }

          @Override
          public void measureLinksAgain() {
            orders.add("measure links");
          }
        };
    PlanDesk made = new PlanDesk(() -> facts, replanning, limit);
    desk = made;
    return made;
  }

  private PlanDesk desk(Optional<PlanFacts> facts) {
    return desk(facts, Duration.ofMinutes(1));
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
    PlanDesk desk = desk(known(BY_HAND));

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

    get(ask(desk(known(remembering))));

    assertThat(planning[0]).isNotNull().isNotSameAs(Thread.currentThread());
  }

  @Test
  void whatIf_nothingMeasured_isRefused() {
    isRefused(ask(desk(Optional.empty())), "found none yet");
  }

  @Test
  void whatIf_nothingFits_isRefusedWithThePlannersReason() {
    isRefused(
        ask(desk(known(request -> new Infeasible("home lacks 3 bytes", 3)))),
        "no plan fits: home lacks 3 bytes");
  }

  @Test
  void whatIf_tooMany_furtherOnesAreRefusedAtOnce() throws Exception {
    PlanDesk desk = desk(known(blocked()));

    List<Future<PlanView>> answers = IntStream.range(0, 20).mapToObj(i -> ask(desk)).toList();

    isRefused(answers.get(19), "ask again in a moment");
    release.countDown();
    assertThat(get(answers.get(0)).stages()).hasSize(2);
  }

  @Test
  void whatIf_takesTooLong_isRefusedAtTheLimit() {
    isRefused(ask(desk(known(blocked()), Duration.ofMillis(1))), "expected a plan within");
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
    PlanDesk desk = desk(known(BY_HAND));

    assertThat(desk.planAgain(WhatIf.nothing())).isCompleted();
    assertThat(desk.profileAgain(Measured.ALL)).isCompleted();
    assertThat(desk.profileAgain(Measured.LINKS)).isCompleted();

    assertThat(orders).containsExactly("plan", "measure", "measure links");
  }

  @Test
  void planAgain_withAWish_isHandedOnInThePlannersTerms() throws Exception {
    PlanDesk desk = desk(known(BY_HAND));

    order(desk, WhatIf.wanting("energy", null));
    order(desk, WhatIf.wanting(null, "edgeshard-even"));

    assertThat(orders)
        .containsExactly(
            "plan for least energy per token by the same", "plan for the same by EdgeShardEven");
  }

  @Test
  void planAgain_wishThatNoPlanMeets_isRefusedAndNothingOrdered() {
    PlanDesk desk = desk(known(request -> new Infeasible("home lacks 3 bytes", 3)));

    assertThatThrownBy(() -> order(desk, WhatIf.wanting("energy", null)))
        .hasRootCauseInstanceOf(PlanRefusedException.class)
        .hasMessageContaining("no plan fits: home lacks 3 bytes");
    assertThat(orders).isEmpty();
  }

  private static void order(PlanDesk desk, WhatIf wish) throws Exception {
    desk.planAgain(wish).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void catalogue_isTold() {
    PlanDesk desk = desk(known(BY_HAND));

    assertThat(desk.devices()).contains("raspberry-pi-5");
    assertThat(desk.models()).contains("llama-2-7b");
  }
}
