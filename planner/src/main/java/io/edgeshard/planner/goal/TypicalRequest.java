package io.edgeshard.planner.goal;

/**
 * The request that predictions are made for.
 *
 * @param promptTokens tokens of its prompt, above 0
 * @param newTokens tokens of its answer, above 0
 * @param intakeMs what the source does for it before its first chunk: template, tokens, room on all
 *     stages; 0 where that is not known
 */
public record TypicalRequest(int promptTokens, int newTokens, double intakeMs) {
  /** The paper's: 32 tokens in, 96 out (section V-A). */
  public static final TypicalRequest OF_THE_PAPER = new TypicalRequest(32, 96);

  public TypicalRequest {
    if (promptTokens <= 0 || newTokens <= 0) {
      throw new IllegalArgumentException(
          "expected a request with prompt and answer of 1 token or more, found %d and %d"
              .formatted(promptTokens, newTokens));
    }
    if (!(intakeMs >= 0) || Double.isInfinite(intakeMs)) {
      throw new IllegalArgumentException(
          "expected a request to be taken in within a finite time of 0 ms or more, found "
              + intakeMs);
    }
  }

  /** A request of which only the tokens count. */
  public TypicalRequest(int promptTokens, int newTokens) {
    this(promptTokens, newTokens, 0);
  }

  /** The same request, taken in so fast. */
  public TypicalRequest withIntakeMs(double ms) {
    return new TypicalRequest(promptTokens, newTokens, ms);
  }

  /** Tokens in the KV cache in the middle of the answer: where time per token is predicted. */
  public int meanContextTokens() {
    return promptTokens + newTokens / 2;
  }
}
