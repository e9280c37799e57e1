package io.edgeshard.planner.paper;

import io.edgeshard.planner.paper.Recomputed.Reached;
import java.util.List;
import java.util.Optional;

/**
 * A figure to reach in the same model as the published algorithms: one of our planner's on the
 * setting of table IV.
 *
 * @param name what is to be reached, for people
 * @param question the cell
 * @param mostSequences how many may be under way; empty for as many as the paper had
 * @param target ms per token at most, or tokens per second at least
 */
public record Goal(
    String name, PaperQuestion question, Optional<Integer> mostSequences, double target) {
  /** So many may be under way where the planner may choose. */
  public static final int CHOSEN_SEQUENCES = 128;

  /** All goals. */
  public static List<Goal> all() {
    Optional<Integer> asThePaper = Optional.empty();
    Optional<Integer> chosen = Optional.of(CHOSEN_SEQUENCES);
    return List.of(
        new Goal("7B, time per token", cell(Testbed.LLAMA_7B, PaperMetric.LATENCY), asThePaper, 57),
        new Goal(
            "7B, 8 sequences", cell(Testbed.LLAMA_7B, PaperMetric.THROUGHPUT), asThePaper, 103),
        new Goal("7B, batch chosen", cell(Testbed.LLAMA_7B, PaperMetric.THROUGHPUT), chosen, 300),
        new Goal("13B, batch chosen", cell(Testbed.LLAMA_13B, PaperMetric.THROUGHPUT), chosen, 170),
        new Goal("70B, batch chosen", cell(Testbed.LLAMA_70B, PaperMetric.THROUGHPUT), chosen, 8));
  }

  private static PaperQuestion cell(String model, PaperMetric metric) {
    return new PaperQuestion(model, Testbed.AGX_ORIN, 1, metric, PaperMethod.EDGESHARD);
  }

  /** What our planner finds. */
  public Recomputed found(Experiments experiments) {
    return mostSequences
        .map(most -> experiments.ours(question, most))
        .orElseGet(() -> experiments.ours(question).orElseThrow());
  }

  /** Whether what was found reaches the target. */
  public boolean isMetBy(Recomputed found) {
    if (!(found instanceof Reached reached)) {
      return false;
    }
    return question.metric().isTime() ? reached.value() <= target : reached.value() >= target;
  }
}
