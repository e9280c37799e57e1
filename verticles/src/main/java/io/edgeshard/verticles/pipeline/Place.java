package io.edgeshard.verticles.pipeline;

/**
 * A place that is kept for a request until it is submitted or given back; either happens once. Not
 * thread-safe: the pipeline's event loop.
 */
final class Place implements AutoCloseable {
  private final Runnable givenUp;
  private boolean kept = true;

  Place(Runnable givenUp) {
    this.givenUp = givenUp;
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
