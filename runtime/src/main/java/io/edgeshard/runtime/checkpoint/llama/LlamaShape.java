package io.edgeshard.runtime.checkpoint.llama;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sizes of a Llama-architecture model, and with them the shape that each tensor must have.
 *
 * @param layerCount decoder layers
 * @param hiddenSize width of the hidden states
 * @param headCount attention heads
 * @param kvHeadCount key and value heads
 * @param headDim dimensions of a head
 * @param feedForwardSize width of the feed-forward layer
 * @param vocabularySize tokens
 */
record LlamaShape(
    int layerCount,
    int hiddenSize,
    int headCount,
    int kvHeadCount,
    int headDim,
    int feedForwardSize,
    int vocabularySize) {
  /**
   * A shape that a tensor must have.
   *
   * @param rows 1 for a vector
   */
  record Expected(long rows, long columns) {}

  /** The tensors outside of layers that every model has. */
  Map<String, Expected> outerTensors() {
    return Map.of(
        LlamaTensors.EMBEDDING, new Expected(vocabularySize, hiddenSize),
        LlamaTensors.OUTPUT_NORM, new Expected(1, hiddenSize));
  }

  /** The output head's shape where it has weights of its own. */
  Expected head() {
    return new Expected(vocabularySize, hiddenSize);
  }

  /** The tensors of a decoder layer by name. */
  Map<String, Expected> layerTensors(int layer) {
    long queries = (long) headCount * headDim;
    long keys = (long) kvHeadCount * headDim;
    Map<String, Expected> tensors = new LinkedHashMap<>();
    tensors.put(LlamaTensors.ofLayer(layer, "attn_norm"), new Expected(1, hiddenSize));
    tensors.put(LlamaTensors.ofLayer(layer, "attn_q"), new Expected(queries, hiddenSize));
    tensors.put(LlamaTensors.ofLayer(layer, "attn_k"), new Expected(keys, hiddenSize));
    tensors.put(LlamaTensors.ofLayer(layer, "attn_v"), new Expected(keys, hiddenSize));
    tensors.put(LlamaTensors.ofLayer(layer, "attn_output"), new Expected(hiddenSize, queries));
    tensors.put(LlamaTensors.ofLayer(layer, "ffn_norm"), new Expected(1, hiddenSize));
    tensors.put(LlamaTensors.ofLayer(layer, "ffn_gate"), new Expected(feedForwardSize, hiddenSize));
    tensors.put(LlamaTensors.ofLayer(layer, "ffn_up"), new Expected(feedForwardSize, hiddenSize));
    tensors.put(LlamaTensors.ofLayer(layer, "ffn_down"), new Expected(hiddenSize, feedForwardSize));
    return tensors;
  }
}
