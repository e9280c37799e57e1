package io.edgeshard.planner.paper;

import io.edgeshard.planner.goal.PipelineMode;

/** What the paper measures. */
public enum PaperMetric {
  /** Milliseconds per token of one sequence. */
  LATENCY(PipelineMode.BUBBLES, PipelineMode.NO_BUBBLES),
  /** Tokens per second: the paper's with bubbles, as its tables print it, ours without. */
  THROUGHPUT(PipelineMode.BUBBLES, PipelineMode.NO_BUBBLES),
  /** Tokens per second with bubbles (figure 10). */
  THROUGHPUT_BUBBLES(PipelineMode.BUBBLES, PipelineMode.BUBBLES),
  /** Tokens per second without bubbles (figure 10). */
  THROUGHPUT_NO_BUBBLES(PipelineMode.NO_BUBBLES, PipelineMode.NO_BUBBLES);

  private final PipelineMode published;
  private final PipelineMode ours;

  PaperMetric(PipelineMode published, PipelineMode ours) {
    this.published = published;
    this.ours = ours;
  }

  /** How the published algorithm's plan is run. */
  public PipelineMode publishedMode() {
    return published;
  }

  /** How our planner's plan is run. */
  public PipelineMode ourMode() {
    return ours;
  }

  /** Whether less of it is better. */
  public boolean isTime() {
    return this == LATENCY;
  }
}
