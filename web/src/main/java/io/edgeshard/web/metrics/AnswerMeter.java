package io.edgeshard.web.metrics;

import io.edgeshard.web.generation.GenerationEvent.Finished;

/** Measures one answer, from the request to its end. */
public final class AnswerMeter {
  private final GenerationMetrics metrics;
  private final long startNanos = System.nanoTime();
  private boolean textSeen;

  AnswerMeter(GenerationMetrics metrics) {
    this.metrics = metrics;
  }

  /** Some text came. */
  public void text() {
    if (!textSeen) {
      textSeen = true;
      metrics.firstText(System.nanoTime() - startNanos);
    }
  }

  /** A prompt is answered. */
  public void finished(Finished finished) {
    metrics.counted(finished.usage(), finished.timings());
  }

  /** All of them are. */
  public void completed() {
    metrics.ended("completed");
  }

  /** The reader left. */
  public void cancelled() {
    metrics.ended("cancelled");
  }

  /** It was {@code refused} or {@code failed}. */
  public void failed(String outcome) {
    metrics.ended(outcome);
  }
}
