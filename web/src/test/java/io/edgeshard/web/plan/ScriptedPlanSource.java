package io.edgeshard.web.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans that are as a test says, and remembers what it was asked for. */
public final class ScriptedPlanSource implements PlanSource {
  private static final long PATIENCE_SECONDS = 30;

  private final BlockingQueue<WhatIf> changes = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();
  private volatile Optional<PlanView> current = Optional.empty();
  private volatile Function<WhatIf, CompletionStage<PlanView>> answer =
      change -> CompletableFuture.failedFuture(new PlanRefusedException("There is no other plan."));
  private volatile CompletionStage<Void> begun = CompletableFuture.completedFuture(null);

  /** From now on this plan is in force, or none. */
  public void become(@Nullable PlanView plan) {
    current = Optional.ofNullable(plan);
  }

  /** From now on what-if is answered so. */
  public void answer(Function<WhatIf, CompletionStage<PlanView>> next) {
    answer = next;
  }

  /** From now on measuring and planning again begin when this completes. */
  public void begin(CompletionStage<Void> when) {
    begun = when;
  }

  /** The next change that was asked about, in order. */
  public WhatIf nextChange() throws InterruptedException {
    return taken(changes, "a question what would be");
  }

  /** The next order to measure or to plan again: {@code profile} or {@code plan}. */
  public String nextOrder() throws InterruptedException {
    return taken(orders, "an order to measure or to plan");
  }

  /** Whether nothing was asked for that was not taken. */
  public boolean isIdle() {
    return changes.isEmpty() && orders.isEmpty();
  }

  @Override
  public Optional<PlanView> current() {
    return current;
  }

  @Override
  public CompletionStage<PlanView> whatIf(WhatIf change) {
    changes.add(change);
    return answer.apply(change);
  }

  @Override
  public CompletionStage<Void> profileAgain(Measured what) {
    orders.add(what == Measured.ALL ? "profile" : "profile links");
    return begun;
  }

  @Override
  public CompletionStage<Void> planAgain(WhatIf wish) {
    orders.add(
        Stream.of("plan", wish.objective(), wish.planner())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" ")));
    return begun;
  }

  @Override
  public List<String> devices() {
    return List.of("Jetson AGX Orin", "Raspberry Pi 5", "RTX 3090");
  }

  @Override
  public List<String> models() {
    return List.of("Llama2-7B", "SmolLM2-135M-Instruct");
  }

  private static <T> T taken(BlockingQueue<T> queue, String what) throws InterruptedException {
    T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("expected " + what + ", found none");
    }
    return next;
  }
}
