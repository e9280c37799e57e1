package io.edgeshard.verticles.planning;

import io.edgeshard.planner.explain.Counted;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.Objective.LeastEnergyPerToken;
import io.edgeshard.planner.goal.Objective.LeastRequestTime;
import io.edgeshard.planner.goal.Objective.LeastTokenTime;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.web.plan.PlanRefusedException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Objectives as people name them and as they are told. */
public final class Objectives {
  /** The names that {@link #named} knows. */
  public static final List<String> NAMES =
      List.of("token-time", "request-time", "throughput", "energy");

  private Objectives() {}

  /**
   * The objective of a name.
   *
   * @param maxSequences the most sequences at once, for throughput
   * @param maxTokenMs limit of the time per token, for throughput and energy
   */
  public static Objective named(String name, int maxSequences, OptionalDouble maxTokenMs) {
    return switch (name) {
      case "token-time" -> new LeastTokenTime();
      case "request-time" -> new LeastRequestTime();
      case "throughput" ->
          new MostTokensPerSecond(PipelineMode.NO_BUBBLES, maxSequences, maxTokenMs);
      case "energy" -> new LeastEnergyPerToken(maxTokenMs);
      default -> throw PlanRefusedException.unknownName(Names.unknown("an objective", name, NAMES));
    };
  }

  /** An objective in words. */
  public static String words(Objective objective) {
    if (objective instanceof MostTokensPerSecond most) {
      return "most tokens per second of at most %s%s"
          .formatted(Counted.of(most.maxSequences(), "sequence"), limit(most.maxTokenMs()));
    }
    if (objective instanceof LeastEnergyPerToken least) {
      return "least energy per token" + limit(least.maxTokenMs());
    }
    return objective instanceof LeastRequestTime
        ? "least time of a whole request"
        : "least time per token";
  }

  private static String limit(OptionalDouble maxTokenMs) {
    return maxTokenMs.isPresent()
        ? String.format(Locale.ROOT, ", each token within %.1f ms", maxTokenMs.getAsDouble())
        : "";
  }
}
