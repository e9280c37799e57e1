package io.edgeshard.planner.cluster;

/**
 * How long one decoder layer takes in one phase.
 *
 * @param layer by rows, with nothing in the KV cache: sequences of a batch in decode, tokens of a
 *     chunk in prefill
 * @param msPerRowAndContextToken what each token that is in the KV cache already adds for each row
 */
public record LayerTimes(TimeCurve layer, double msPerRowAndContextToken) {
  public LayerTimes {
    if (!(msPerRowAndContextToken >= 0) || Double.isInfinite(msPerRowAndContextToken)) {
      throw new IllegalArgumentException(
          "expected 0 ms or more for a token of context, found " + msPerRowAndContextToken);
    }
    if (!(layer.ms(1) > 0)) {
      throw new IllegalArgumentException(
          "expected a decoder layer to take more than 0 ms, found " + layer);
    }
  }

  /** Milliseconds of one layer for {@code rows} rows after {@code contextTokens} tokens each. */
  public double ms(int rows, int contextTokens) {
    return layer.ms(rows) + msPerRowAndContextToken * rows * contextTokens;
  }

  /** The same, {@code factor} times as long. */
  public LayerTimes times(double factor) {
    return new LayerTimes(layer.times(factor), msPerRowAndContextToken * factor);
  }
}
