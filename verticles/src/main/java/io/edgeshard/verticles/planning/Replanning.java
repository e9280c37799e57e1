package io.edgeshard.verticles.planning;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.goal.Objective;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The door to who puts plans in force; nothing behind it blocks. */
public interface Replanning {
  /** Plans again with what is known, once nothing runs; completes when it has begun. */
  CompletionStage<Void> planAgain();

  /**
   * Plans for another aim or by another planner from now on, once nothing runs; what is empty stays
   * as it is. Completes when it has begun.
   */
  CompletionStage<Void> planFor(Optional<Objective> objective, Optional<Planner> planner);

  /** Measures nodes and links anew, then plans again; completes when it has begun. */
  CompletionStage<Void> measureAgain();

  /** Measures links anew, then plans again; completes when it has begun. */
  CompletionStage<Void> measureLinksAgain();
}
