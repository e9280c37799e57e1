package io.edgeshard.planner.goal;

import java.util.OptionalDouble;

/** What is to be least or most. */
public sealed interface Objective {
  /** Least time per token of one sequence (TPOT). */
  record LeastTokenTime() implements Objective {}

  /** Least time of a whole {@link TypicalRequest}: prefill and every token of the answer. */
  record LeastRequestTime() implements Objective {}

  /**
   * Most tokens per second of all sequences together; batch and number of micro-batches are chosen
   * with the plan.
   *
   * @param mode when a micro-batch begins its next token
   * @param maxSequences the most sequences under way at once, above 0
   * @param maxTokenMs limit of the time per token, if there is one
   */
  record MostTokensPerSecond(PipelineMode mode, int maxSequences, OptionalDouble maxTokenMs)
      implements Objective {
    public MostTokensPerSecond {
      expectLimit(maxTokenMs);
      if (maxSequences <= 0) {
        throw new IllegalArgumentException(
            "expected at least one sequence at once, found " + maxSequences);
      }
    }
  }

  /**
   * Least energy per token of one sequence: busy and idle draw of every node that takes part.
   *
   * @param maxTokenMs limit of the time per token, if there is one
   */
  record LeastEnergyPerToken(OptionalDouble maxTokenMs) implements Objective {
    public LeastEnergyPerToken {
      expectLimit(maxTokenMs);
    }
  }

  private static void expectLimit(OptionalDouble maxTokenMs) {
    maxTokenMs.ifPresent(
        limit -> {
          if (!(limit > 0)) {
            throw new IllegalArgumentException(
                "expected a limit of the time per token above 0 ms, found " + limit);
          }
        });
  }
}
