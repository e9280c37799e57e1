package io.edgeshard.runtime.sampling;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Metadata;
import java.util.Optional;

/**
 * What somebody chose of how tokens are chosen: a person for a server, or a model's makers for the
 * model. What is empty is left to others.
 *
 * @param temperature 0 is greedy
 * @param topP keep the smallest set whose probability reaches this; 1 keeps all
 * @param topK keep the k likeliest; 0 keeps all
 * @param minP keep what is at least this fraction of the likeliest; 0 keeps all
 * @param repeatPenalty divides positive and multiplies negative logits of tokens that occurred; 1
 *     is none
 */
public record SamplingChoice(
    Optional<Double> temperature,
    Optional<Double> topP,
    Optional<Integer> topK,
    Optional<Double> minP,
    Optional<Double> repeatPenalty) {
  /** Nothing chosen. */
  public static final SamplingChoice NONE =
      new SamplingChoice(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** What holds where nobody chose anything. */
  public static final SamplingChoice AS_SHIPPED =
      new SamplingChoice(
          Optional.of(0.7),
          Optional.of(0.95),
          Optional.of(40),
          Optional.of(0.05),
          Optional.of(1.1));

  /** The keys under which llama.cpp's converter keeps what a model's makers recommend. */
  public static final String TEMPERATURE = "general.sampling.temp";

  public static final String TOP_P = "general.sampling.top_p";
  public static final String TOP_K = "general.sampling.top_k";
  public static final String MIN_P = "general.sampling.min_p";
  public static final String REPEAT_PENALTY = "general.sampling.penalty_repeat";

  /** What each may be; probabilities are from 0 to 1. */
  public static final double MOST_TEMPERATURE = 2;

  public static final double LEAST_PENALTY = 0.01;
  public static final double MOST_PENALTY = 10;

  /**
   * What a model's makers recommend in its file.
   *
   * @throws ModelException when a value is not one that a request could have
   */
  public static SamplingChoice from(Metadata metadata) {
    return new SamplingChoice(
        decimal(metadata, TEMPERATURE, 0, MOST_TEMPERATURE),
        decimal(metadata, TOP_P, 0, 1),
        // llama.cpp writes "all" as 0 or as less
        metadata.integer(TOP_K).map(k -> (int) Math.max(0, Math.min(k, Integer.MAX_VALUE))),
        decimal(metadata, MIN_P, 0, 1),
        decimal(metadata, REPEAT_PENALTY, LEAST_PENALTY, MOST_PENALTY));
  }

  private static Optional<Double> decimal(
      Metadata metadata, String key, double least, double most) {
    // written as float32: 0.7, not the double next to it
    Optional<Double> value =
        metadata.decimal(key).map(d -> Double.valueOf(Float.toString(d.floatValue())));
    value.ifPresent(
        found -> {
          if (!(found >= least && found <= most)) {
            throw new ModelException(
                "expected a number from %s to %s as '%s', found %s: get the model file again"
                    .formatted(least, most, key, found));
          }
        });
    return value;
  }

  /** The same with what {@code other} chose where nothing is chosen here. */
  public SamplingChoice or(SamplingChoice other) {
    return new SamplingChoice(
        temperature.or(other::temperature),
        topP.or(other::topP),
        topK.or(other::topK),
        minP.or(other::minP),
        repeatPenalty.or(other::repeatPenalty));
  }
}
