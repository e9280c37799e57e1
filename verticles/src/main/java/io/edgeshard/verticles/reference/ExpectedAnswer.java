package io.edgeshard.verticles.reference;

import io.edgeshard.planner.model.WeightType;
import java.util.List;
import java.util.Optional;

/**
 * The first tokens that the unsplit model answers to a fixed prompt, the likeliest each.
 *
 * @param weights label of the weight type that it was run with
 * @param promptIds the prompt
 * @param tokens of the answer, in order
 */
public record ExpectedAnswer(String weights, List<Integer> promptIds, List<Token> tokens) {
  /*
   * In float32 arithmetic the split computes what the whole does, up to the order of sums. In integer
   * arithmetic another processor rounds otherwise: the choice may fall on another token where two
   * are nearly as likely, which is told by its log-probability.
   */
  private static final double EXACT_TOLERANCE = 0.01;
  private static final double FAST_TOLERANCE = 0.35;

  public ExpectedAnswer {
    promptIds = List.copyOf(promptIds);
    tokens = List.copyOf(tokens);
    if (promptIds.isEmpty() || tokens.isEmpty()) {
      throw new IllegalArgumentException("expected a prompt and an answer, found none");
    }
  }

  /**
   * A chosen token.
   *
   * @param id which
   * @param logProbability natural log of its probability
   */
  public record Token(int id, float logProbability) {}

  /** The prompt's ids. */
  public int[] prompt() {
    return promptIds.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How a split's answer differs from this one, as one sentence; empty when it does not. */
  public Optional<String> difference(List<Token> found) {
    boolean isFast = weights.equals(WeightType.FAST.label());
    double tolerance = isFast ? FAST_TOLERANCE : EXACT_TOLERANCE;
    for (int i = 0; i < tokens.size(); i++) {
      if (i >= found.size()) {
        return Optional.of("expected %d tokens, found %d".formatted(tokens.size(), found.size()));
      }
      Token expected = tokens.get(i);
      Token token = found.get(i);
      boolean near = Math.abs(expected.logProbability() - token.logProbability()) <= tolerance;
      boolean same = expected.id() == token.id();
      if (!near || (!same && !isFast)) {
        return Optional.of(
            "expected token %d with log-probability %.3f as the unsplit model says, found token %d with %.3f"
                .formatted(
                    expected.id(), expected.logProbability(), token.id(), token.logProbability()));
      }
      if (!same) {
        // From here on the two answers go on differently, and both are right.
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
