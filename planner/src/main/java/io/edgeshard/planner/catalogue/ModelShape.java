package io.edgeshard.planner.catalogue;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.RopeSpec;
import java.util.Collections;

/**
 * The dimensions of a Llama-architecture model, as its authors publish them in {@code config.json}.
 *
 * @param title for people
 * @param layers decoder layers
 * @param hidden width of the hidden states
 * @param heads attention heads
 * @param kvHeads key and value heads
 * @param headDim dimensions of a head
 * @param feedForward width of the feed-forward layer
 * @param vocabulary how many tokens there are
 * @param context tokens the model was trained to remember
 * @param ropeBase base of the rotary frequencies
 * @param tiedHead whether the output head uses the embedding's weights
 */
record ModelShape(
    String title,
    int layers,
    int hidden,
    int heads,
    int kvHeads,
    int headDim,
    int feedForward,
    int vocabulary,
    int context,
    float ropeBase,
    boolean tiedHead) {
  private static final int NORMS_OF_A_LAYER = 2;
  private static final float NORM_EPSILON = 1e-5f;

  /** A model of this shape from a file with so encoded weights. */
  ModelSpec as(WeightEncoding encoding) {
    long embedding = (long) vocabulary * hidden;
    long mapped = encoding.fileBytes(embedding);
    return new ModelSpec(
        title + " " + encoding.label(),
        "llama",
        hidden,
        heads,
        kvHeads,
        headDim,
        feedForward,
        vocabulary,
        context,
        NORM_EPSILON,
        new RopeSpec(ropeBase, headDim, new RopeSpec.NoScaling()),
        tiedHead,
        new PartWeights(mapped, mapped, mapped, mapped),
        Collections.nCopies(
            layers,
            encoding.weights(
                layerWeights(hidden, heads, kvHeads, headDim, feedForward),
                NORMS_OF_A_LAYER * (long) hidden)),
        encoding.weights(embedding, hidden));
  }

  /** How many weights the matrices of one decoder layer have. */
  static long layerWeights(ModelSpec model) {
    return layerWeights(
        model.hiddenSize(),
        model.headCount(),
        model.kvHeadCount(),
        model.headDim(),
        model.feedForwardSize());
  }

  private static long layerWeights(
      long hidden, long heads, long kvHeads, long headDim, long feedForward) {
    long queryAndOutput = 2 * hidden * heads * headDim;
    long keyAndValue = 2 * hidden * kvHeads * headDim;
    long gateUpAndDown = 3 * hidden * feedForward;
    return queryAndOutput + keyAndValue + gateUpAndDown;
  }
}
