package io.edgeshard.verticles.pipeline;

/**
 * A place that is kept for a request until it is submitted or given back; either happens once. Not
 * thread-safe: the pipeline's event loop.
 */
final class Place implements AutoCloseable {
  private final long keptNanos;
  private final Runnable givenUp;
  private boolean kept = true;

  /** A place kept since then, by the pipeline's clock. */
  Place(long keptNanos, Runnable givenUp) {
    this.keptNanos = keptNanos;
    this.givenUp = givenUp;
  }

  long keptNanos() {
    return keptNanos;
  }

  /** Gives it up; again without effect. */
  @Override
  public void close() {
    if (kept) {
      kept = false;
      givenUp.run();
    }
  }

  boolean isKept() {
    return kept;
  }
}
