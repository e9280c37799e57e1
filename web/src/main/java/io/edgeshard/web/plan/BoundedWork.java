package io.edgeshard.web.plan;

import io.edgeshard.web.error.ApiException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Work of one kind that nobody waits for without limit. What took too long is still under way, and
 * counts until it ends.
 */
final class BoundedWork {
  private final int atOnce;
  private final Duration limit;
  private final AtomicInteger underWay = new AtomicInteger();

  BoundedWork(int atOnce, Duration limit) {
    this.atOnce = atOnce;
    this.limit = limit;
  }

  /**
   * What the work gives, on this event loop; fails with a {@link
   * java.util.concurrent.TimeoutException} after the limit.
   */
  <T> Future<T> start(Context context, Supplier<CompletionStage<T>> work) {
    if (underWay.incrementAndGet() > atOnce) {
      underWay.decrementAndGet();
      throw ApiException.overloaded(
          "expected up to " + atOnce + " requests of this kind at once, found one more");
    }
    CompletionStage<T> counted =
        started(work).whenComplete((done, failed) -> underWay.decrementAndGet());
    return Future.fromCompletionStage(counted, context)
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static <T> CompletionStage<T> started(Supplier<CompletionStage<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
