package io.edgeshard.planner.cluster;

/**
 * How fast a node computes the parts of one model, measured on it or computed from a catalogue.
 *
 * @param decode one decoder layer in decode, by sequences in the batch
 * @param prefill one decoder layer in prefill, by tokens in the chunk
 * @param embedding the embedding, by tokens
 * @param head final norm, output head and sampling, by rows of logits
 * @param step what every step of a stage takes besides, whatever its layers, by rows
 */
public record ComputeProfile(
    LayerTimes decode, LayerTimes prefill, TimeCurve embedding, TimeCurve head, TimeCurve step) {

  /** A stage of so many layers in one decode step of {@code batch} sequences. */
  public double decodeStageMs(
      int layers, boolean hasEmbedding, boolean hasHead, int batch, int contextTokens) {
    return decodeFixedMs(hasEmbedding, hasHead, batch) + layers * decode.ms(batch, contextTokens);
  }

  /** What a decode step of {@code batch} sequences takes on a stage besides its layers. */
  public double decodeFixedMs(boolean hasEmbedding, boolean hasHead, int batch) {
    return step.ms(batch)
        + (hasEmbedding ? embedding.ms(batch) : 0)
        + (hasHead ? head.ms(batch) : 0);
  }

  /** The same node, {@code factor} times as slow. */
  public ComputeProfile times(double factor) {
    return new ComputeProfile(
        decode.times(factor),
        prefill.times(factor),
        embedding.times(factor),
        head.times(factor),
        step.times(factor));
  }
}
