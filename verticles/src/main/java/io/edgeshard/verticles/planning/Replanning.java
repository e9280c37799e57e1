package io.edgeshard.verticles.planning;

import java.util.concurrent.CompletionStage;

/** The door to who puts plans in force; nothing behind it blocks. */
public interface Replanning {
  /** Plans again with what is known, once nothing runs; completes when it has begun. */
  CompletionStage<Void> planAgain();

  /** Measures nodes and links anew, then plans again; completes when it has begun. */
  CompletionStage<Void> measureAgain();
}
