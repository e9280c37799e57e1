package io.edgeshard.verticles;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node has opened and deployed, closed in the reverse order: each only when what was opened
 * after it, and may use it, is closed. Thread-safe.
 */
final class Opened {
  private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

  private final Deque<Closing> open = new ArrayDeque<>();
  private boolean closing;

  private record Closing(String what, Supplier<CompletionStage<?>> close) {}

  /** Notes something with a way to close it; closes it at once when all is being closed. */
  void add(String what, Supplier<CompletionStage<?>> close) {
    Closing added = new Closing(what, close);
    synchronized (this) {
      if (!closing) {
        open.push(added);
        return;
      }
    }
    closed(added);
  }

  /** Notes something that is closed at once. */
  <T extends AutoCloseable> T add(T resource) {
    add(
        resource.getClass().getSimpleName(),
        () -> {
          try {
            resource.close();
            return CompletableFuture.completedFuture(null);
          } catch (Exception failure) {
            return CompletableFuture.failedFuture(failure);
          }
        });
    return resource;
  }

  /**
   * Closes everything; completes when that is done, however long it takes. A failure is logged and
   * holds up nothing.
   */
  CompletionStage<Void> close() {
    Closing next;
    synchronized (this) {
      closing = true;
      next = open.poll();
    }
    return next == null
        ? CompletableFuture.completedFuture(null)
        : closed(next).thenCompose(done -> close());
  }

  private static CompletionStage<Void> closed(Closing one) {
    CompletionStage<?> end;
    try {
      end = one.close().get();
    } catch (RuntimeException failure) {
      end = CompletableFuture.failedFuture(failure);
    }
    return end.handle(
        (done, failure) -> {
          if (failure != null) {
            LOG.warn("event=close-failed what={} reason=\"{}\"", one.what(), failure.toString());
          }
          return null;
        });
  }
}
