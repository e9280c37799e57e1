package io.edgeshard.planner.plan;

import io.edgeshard.planner.goal.Batching;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a plan is predicted to give for the usual request.
 *
 * @param stages in the order of the plan
 * @param hops one after each stage; the last brings the token back to the source
 * @param batching how many sequences are under way for {@code tokensPerSecond}
 * @param ttftMs time to the first token of one sequence alone
 * @param tokenMs time per further token of one sequence alone (TPOT)
 * @param loadedTokenMs time per token of a sequence while all of {@code batching} are under way
 * @param tokensPerSecond of all sequences of {@code batching} together
 * @param joulesPerToken of one sequence alone, where every node's draw is known
 */
public record PlanPrediction(
    List<StagePrediction> stages,
    List<HopPrediction> hops,
    Batching batching,
    double ttftMs,
    double tokenMs,
    double loadedTokenMs,
    double tokensPerSecond,
    OptionalDouble joulesPerToken) {
  public PlanPrediction {
    stages = List.copyOf(stages);
    hops = List.copyOf(hops);
  }

  /** Time of a whole request with so many new tokens, of one sequence alone. */
  public double requestMs(int newTokens) {
    return ttftMs + (newTokens - 1) * tokenMs;
  }
}
