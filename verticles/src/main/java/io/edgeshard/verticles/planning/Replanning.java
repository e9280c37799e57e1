package io.edgeshard.verticles.planning;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.goal.Objective;
import java.util.Optional;

/**
 * The door to who puts plans in force. All of it may be called by any thread and only begins what
 * it says, which is done once nothing runs.
 */
public interface Replanning {
  /** Plans again with what is known. */
  void planAgain();

  /** Plans for another aim or by another planner from now on; what is empty stays as it is. */
  void planFor(Optional<Objective> objective, Optional<Planner> planner);

  /** Measures nodes and links anew, then plans again. */
  void measureAgain();

  /** Measures links anew, then plans again. */
  void measureLinksAgain();
}
