package io.edgeshard.verticles.stage;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.profile.Quiet;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Whether a stage has requests to serve, so that whatever else the node does for itself can give
 * way: it is quiet once nothing was to be served for a moment. Thread-safe.
 */
public final class StageActivity implements Quiet {
  /** A chat's next question, or another request, may come right after an answer. */
  private static final Duration LULL = Duration.ofSeconds(1);

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

  /** Who asked for what gives way waits for it no longer than this and a little. */
  static final Duration LIMIT = Duration.ofSeconds(150);

  private final BooleanSupplier isServing;
  private final Waiting waiting;
  private long disturbances;
  private long quietSinceNanos;

  /** The time, and a way to let it pass. */
  interface Waiting {
    long nanoTime();

    void pass(Duration length) throws InterruptedException;

    /** The machine's own. */
    Waiting REAL =
        new Waiting() {
          @Override
          public long nanoTime() {
            return System.nanoTime();
          }

          @Override
          public void pass(Duration length) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(length.toNanos());
          }
        };
  }

  /**
   * That of a stage.
   *
   * @param isServing whether sequences are open or steps wait
   */
  StageActivity(BooleanSupplier isServing, Waiting waiting) {
    this.isServing = isServing;
    this.waiting = waiting;
    this.quietSinceNanos = waiting.nanoTime() - LULL.toNanos();
  }

  /** Something to serve has come. */
  synchronized void served() {
    disturbances++;
  }

  @Override
  public synchronized long disturbances() {
    return disturbances;
  }

  @Override
  public void await() {
    long start = waiting.nanoTime();
    while (!isQuiet()) {
      if (waiting.nanoTime() - start > LIMIT.toNanos()) {
        throw new ModelException(
            "expected a pause in which this node can measure itself, found requests being served"
                + " for "
                + LIMIT.toSeconds()
                + " s: what was measured before goes on counting");
      }
      try {
        waiting.pass(LOOK_INTERVAL);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        throw new ModelException("the node ends, so it does not measure itself", ended);
      }
    }
  }

  @Override
  public synchronized boolean isQuiet() {
    if (isServing.getAsBoolean()) {
      quietSinceNanos = waiting.nanoTime();
      return false;
    }
    return waiting.nanoTime() - quietSinceNanos >= LULL.toNanos();
  }
}
