package io.edgeshard.planner.cost;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.plan.PlanPrediction;
import java.util.OptionalDouble;

/**
 * What a question's objective wants least of: milliseconds of a token or a request, joules of a
 * token, or milliseconds of the whole cluster per token. Less is better.
 */
public final class ObjectiveValue {
  private static final double MS_PER_SECOND = 1000;

  private final Objective objective;
  private final int newTokens;

  /** The value of one question. */
  public ObjectiveValue(PlanningRequest request) {
    this.objective = request.objective();
    this.newTokens = request.typical().newTokens();
  }

  /** The value of a plan; infinite where it cannot be told, because a draw is not known. */
  public double of(PlanPrediction prediction) {
    if (objective instanceof Objective.LeastTokenTime) {
      return prediction.tokenMs();
    }
    if (objective instanceof Objective.LeastRequestTime) {
      return prediction.requestMs(newTokens);
    }
    if (objective instanceof Objective.MostTokensPerSecond) {
      return MS_PER_SECOND / prediction.tokensPerSecond();
    }
    return prediction.joulesPerToken().orElse(Double.POSITIVE_INFINITY);
  }

  /** Whether a plan keeps to the objective's limit of the time per token. */
  public boolean keepsLimit(PlanPrediction prediction) {
    OptionalDouble limit = OptionalDouble.empty();
    double tokenMs = prediction.tokenMs();
    if (objective instanceof Objective.LeastEnergyPerToken energy) {
      limit = energy.maxTokenMs();
    } else if (objective instanceof Objective.MostTokensPerSecond most) {
      limit = most.maxTokenMs();
      tokenMs = prediction.loadedTokenMs();
    }
    return limit.isEmpty() || tokenMs <= limit.getAsDouble();
  }

  /** What is compared, for people: "122.4 ms a token". */
  public String words(double value) {
    if (objective instanceof Objective.LeastTokenTime) {
      return "%.1f ms a token".formatted(value);
    }
    if (objective instanceof Objective.LeastRequestTime) {
      return "%.0f ms a request".formatted(value);
    }
    if (objective instanceof Objective.MostTokensPerSecond) {
      return "%.2f ms of the cluster a token".formatted(value);
    }
    return "%.2f J a token".formatted(value);
  }
}
