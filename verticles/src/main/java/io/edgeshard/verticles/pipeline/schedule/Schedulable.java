package io.edgeshard.verticles.pipeline.schedule;

/** A sequence as the scheduler sees it. */
public interface Schedulable {
  /** Whether it makes its answer: each step takes one token of it, until it is paused or ends. */
  boolean isDecoding();

  /** Whether the token for its next decode step is there. */
  boolean isReady();

  /** The step that it had last; the one that waits longest goes first. */
  int lastStep();

  /** Prompt tokens that have not been sent. */
  int promptLeft();

  /** Chunks of its prompt that are out. */
  int chunksOut();
}
