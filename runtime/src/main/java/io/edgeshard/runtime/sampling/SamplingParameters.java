package io.edgeshard.runtime.sampling;

import java.util.Map;

/**
 * How the next token is chosen.
 *
 * @param temperature 0 is greedy
 * @param topK keep the k likeliest; 0 keeps all
 * @param topP keep the smallest set whose probability reaches this, one token at least; 1 keeps all
 * @param minP keep what is at least this fraction of the likeliest; 0 keeps all
 * @param repetitionPenalty divides positive and multiplies negative logits of tokens in prompt and
 *     answer; 1 is none
 * @param repetitionWindow how many of the latest tokens of prompt and answer it counts; 0 counts
 *     all
 * @param frequencyPenalty subtracted once per occurrence in the answer
 * @param presencePenalty subtracted once for a token that occurs in the answer
 * @param logitBias added to the logit of a token; {@code -Infinity} forbids it
 * @param seed with the position decides every random choice
 * @param topLogProbabilities how many alternatives to report beside the chosen token's
 *     log-probability; -1 reports none at all
 */
public record SamplingParameters(
    double temperature,
    int topK,
    double topP,
    double minP,
    double repetitionPenalty,
    int repetitionWindow,
    double frequencyPenalty,
    double presencePenalty,
    Map<Integer, Float> logitBias,
    long seed,
    int topLogProbabilities) {
  public SamplingParameters {
    logitBias = Map.copyOf(logitBias);
    require(
        temperature >= 0 && Double.isFinite(temperature),
        "a temperature of 0 or more",
        temperature);
    require(topK >= 0, "a top-k of 0 or more", topK);
    require(topP >= 0 && topP <= 1, "a top-p of 0 to 1", topP);
    require(minP >= 0 && minP <= 1, "a min-p of 0 to 1", minP);
    require(
        repetitionPenalty > 0 && Double.isFinite(repetitionPenalty),
        "a repetition penalty above 0",
        repetitionPenalty);
    require(repetitionWindow >= 0, "a repetition window of 0 or more tokens", repetitionWindow);
    require(Double.isFinite(frequencyPenalty), "a finite frequency penalty", frequencyPenalty);
    require(Double.isFinite(presencePenalty), "a finite presence penalty", presencePenalty);
    logitBias.forEach(
        (id, bias) -> {
          require(id >= 0, "token ids of 0 or more in the logit bias", id);
          require(
              Float.isFinite(bias) || bias == Float.NEGATIVE_INFINITY,
              "a finite logit bias or -Infinity for token " + id,
              bias);
        });
    require(
        topLogProbabilities >= -1,
        "-1 (no log-probabilities) or a number of alternatives",
        topLogProbabilities);
  }

  private static void require(boolean holds, String expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expected + ", found " + found);
    }
  }

  /** The likeliest token, always. */
  public static SamplingParameters greedy() {
    return new SamplingParameters(0, 0, 1, 0, 1, 0, 0, 0, Map.of(), 0, -1);
  }

  /** The same with another repetition window. */
  public SamplingParameters withRepetitionWindow(int tokens) {
    return new SamplingParameters(
        temperature,
        topK,
        topP,
        minP,
        repetitionPenalty,
        tokens,
        frequencyPenalty,
        presencePenalty,
        logitBias,
        seed,
        topLogProbabilities);
  }
}
