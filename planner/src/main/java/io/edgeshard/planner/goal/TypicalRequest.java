package io.edgeshard.planner.goal;

/**
 * The request that predictions are made for.
 *
 * @param promptTokens tokens of its prompt, above 0
 * @param newTokens tokens of its answer, above 0
 */
public record TypicalRequest(int promptTokens, int newTokens) {
  /** The paper's: 32 tokens in, 96 out (section V-A). */
  public static final TypicalRequest OF_THE_PAPER = new TypicalRequest(32, 96);

  public TypicalRequest {
    if (promptTokens <= 0 || newTokens <= 0) {
      throw new IllegalArgumentException(
          "expected a request with prompt and answer of 1 token or more, found %d and %d"
              .formatted(promptTokens, newTokens));
    }
  }

  /** Tokens in the KV cache in the middle of the answer: where time per token is predicted. */
  public int meanContextTokens() {
    return promptTokens + newTokens / 2;
  }
}
