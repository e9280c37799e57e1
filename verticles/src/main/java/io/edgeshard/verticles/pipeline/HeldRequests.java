package io.edgeshard.verticles.pipeline;

import io.edgeshard.web.generation.GenerationRefusedException;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Requests that come while one plan gives way to another: nobody is to be turned away because the
 * cluster looks after itself. Not thread-safe: the pipeline's event loop.
 */
final class HeldRequests {
  /** A change of plan takes a second or two; who has waited so long is told why. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final int most;
  private final Deque<Held> held = new ArrayDeque<>();

  private record Held(CompletableFuture<Place> place, long sinceNanos) {}

  /** None yet, and no more than {@code most} at once. */
  HeldRequests(int most) {
    this.most = most;
  }

  /** Holds a request; completes with a place once there is one. */
  CompletionStage<Place> hold(long nowNanos) {
    CompletableFuture<Place> place = new CompletableFuture<>();
    if (held.size() >= most) {
      place.completeExceptionally(
          new GenerationRefusedException(
              Reason.OVERLOADED,
              "expected at most %d requests to wait while the layers are distributed anew, found more: ask again later"
                  .formatted(most)));
    } else {
      held.add(new Held(place, nowNanos));
    }
    return place;
  }

  /** Lets all go on, each with a place of its own; {@code places} throws where there is none. */
  void admit(Supplier<Place> places) {
    while (!held.isEmpty()) {
      Held next = held.remove();
      try {
        next.place().complete(places.get());
      } catch (GenerationRefusedException refused) {
        next.place().completeExceptionally(refused);
      }
    }
  }

  /** Turns all away. */
  void refuse(String reason) {
    while (!held.isEmpty()) {
      refuse(held.remove(), reason);
    }
  }

  /** Turns those away that have waited too long. */
  void expire(long nowNanos, String reason) {
    while (!held.isEmpty() && nowNanos - held.element().sinceNanos() > LIMIT.toNanos()) {
      refuse(held.remove(), reason);
    }
  }

  private static void refuse(Held one, String reason) {
    one.place().completeExceptionally(new GenerationRefusedException(Reason.NOT_READY, reason));
  }
}
