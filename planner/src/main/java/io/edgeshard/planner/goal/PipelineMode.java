package io.edgeshard.planner.goal;

/** When a micro-batch of the pipeline begins its next token (paper, section IV-C and figure 5). */
public enum PipelineMode {
  /** When all micro-batches have finished their round. */
  BUBBLES,
  /** As soon as its own token is back at the source. */
  NO_BUBBLES
}
