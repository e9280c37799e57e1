package io.edgeshard.planner.model;

import java.util.List;

/**
 * The facts of a Llama-architecture model that shape its graph, its memory and its speed.
 *
 * @param name the model's name as its file says, for people
 * @param architecture as the checkpoint names it, {@code llama}
 * @param hiddenSize width of the hidden states
 * @param headCount attention heads
 * @param kvHeadCount key and value heads; divides {@code headCount}
 * @param headDim dimensions of a head
 * @param feedForwardSize width of the feed-forward layer
 * @param vocabularySize how many tokens there are
 * @param contextLength tokens the model was trained to remember
 * @param normEpsilon epsilon of the RMS norms
 * @param rope rotary position embedding
 * @param tiedHead whether the output head uses the embedding's weights
 * @param embedding weights of the embedding
 * @param layers weights of each decoder layer, in order
 * @param head weights of the final norm and output head (counted also when tied)
 */
public record ModelSpec(
    String name,
    String architecture,
    int hiddenSize,
    int headCount,
    int kvHeadCount,
    int headDim,
    int feedForwardSize,
    int vocabularySize,
    int contextLength,
    float normEpsilon,
    RopeSpec rope,
    boolean tiedHead,
    PartWeights embedding,
    List<PartWeights> layers,
    PartWeights head) {
  public ModelSpec {
    layers = List.copyOf(layers);
    positive("hidden size", hiddenSize);
    positive("head count", headCount);
    positive("key and value head count", kvHeadCount);
    positive("head dimension", headDim);
    positive("feed-forward size", feedForwardSize);
    positive("vocabulary size", vocabularySize);
    positive("context length", contextLength);
    positive("layer count", layers.size());
    if (headCount % kvHeadCount != 0) {
      throw new IllegalArgumentException(
          "expected a head count that key and value heads divide, found "
              + headCount
              + " heads and "
              + kvHeadCount
              + " key and value heads");
    }
    if (rope.dimensionCount() > headDim) {
      throw new IllegalArgumentException(
          "expected at most "
              + headDim
              + " rotated dimensions (the head's), found "
              + rope.dimensionCount());
    }
  }

  private static void positive(String what, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException("expected a " + what + " above 0, found " + value);
    }
  }

  /** How many decoder layers the model has. */
  public int layerCount() {
    return layers.size();
  }

  /** All decoder layers. */
  public LayerRange allLayers() {
    return new LayerRange(0, layers.size());
  }

  /** Bytes of keys and values that one layer keeps for one token, in float32. */
  public long kvCacheBytesPerTokenAndLayer() {
    return 2L * kvHeadCount * headDim * Float.BYTES;
  }
}
