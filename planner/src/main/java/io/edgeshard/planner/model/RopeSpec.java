package io.edgeshard.planner.model;

/**
 * Rotary position embedding of a model.
 *
 * @param base theta, the base of the frequencies
 * @param dimensionCount how many of a head's dimensions are rotated; even
 * @param scaling how positions beyond the trained context are reached
 */
public record RopeSpec(float base, int dimensionCount, Scaling scaling) {
  public RopeSpec {
    if (!(base > 0) || Float.isInfinite(base)) {
      throw new IllegalArgumentException("expected a RoPE base above 0, found " + base);
    }
    if (dimensionCount <= 0 || dimensionCount % 2 != 0) {
      throw new IllegalArgumentException(
          "expected an even RoPE dimension count above 0, found " + dimensionCount);
    }
  }

  /** How rotation frequencies are scaled. */
  public sealed interface Scaling {}

  /** Frequencies as trained. */
  public record NoScaling() implements Scaling {}

  /**
   * Every frequency divided by the factor.
   *
   * @param factor above 0
   */
  public record LinearScaling(float factor) implements Scaling {}

  /**
   * Llama 3's scaling, as factors that divide each frequency (GGUF stores it as the tensor {@code
   * rope_freqs.weight}).
   *
   * @param factors one for each rotated pair, {@code dimensionCount / 2} of them
   */
  public record FactorScaling(java.util.List<Float> factors) implements Scaling {
    public FactorScaling {
      factors = java.util.List.copyOf(factors);
    }
  }
}
