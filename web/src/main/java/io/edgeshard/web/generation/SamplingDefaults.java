package io.edgeshard.web.generation;

/**
 * How tokens are chosen where a request says nothing.
 *
 * @param temperature 0 is greedy
 * @param topP 0 keeps the likeliest only, 1 keeps all
 * @param topK 0 keeps all
 * @param minP 0 keeps all
 * @param repeatPenalty 1 is none
 */
public record SamplingDefaults(
    double temperature, double topP, int topK, double minP, double repeatPenalty) {
  /** The model's own probabilities, as OpenAI has it. */
  public static final SamplingDefaults PLAIN = new SamplingDefaults(1, 1, 0, 0, 1);
}
