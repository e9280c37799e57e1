package io.edgeshard.planner.paper;

import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.plan.ShardPlan;

/** What a cell comes to when it is computed again. */
public sealed interface Recomputed {
  /**
   * A figure.
   *
   * @param value ms per token, or tokens per second
   * @param batching how many sequences were under way for it
   * @param plan who runs what
   */
  record Reached(double value, Batching batching, ShardPlan plan) implements Recomputed {}

  /**
   * No figure, because memory is missing.
   *
   * @param reason one sentence
   */
  record OutOfMemory(String reason) implements Recomputed {}
}
