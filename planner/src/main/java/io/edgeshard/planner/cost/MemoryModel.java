package io.edgeshard.planner.cost;

import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.MemoryEstimate;
import java.util.stream.LongStream;

/** What a range of layers takes on a node: the one sum that planner, node and status agree on. */
public final class MemoryModel {
  /** A pebibyte: what takes more is counted as so much, which is more than any node has. */
  private static final long TOO_LARGE = 1L << 50;

  private final ModelSpec model;
  private final WeightType weightType;
  private final Workload workload;

  public MemoryModel(ModelSpec model, WeightType weightType, Workload workload) {
    this.model = model;
    this.weightType = weightType;
    this.workload = workload;
  }

  /** The sum for a shard on a node that makes such an offer, item by item. */
  public MemoryEstimate estimate(
      MemoryOffer offer, LayerRange layers, boolean hasEmbedding, boolean hasHead) {
    long weights =
        model.layers().subList(layers.start(), layers.end()).stream()
            .mapToLong(part -> part.residentBytes(weightType))
            .sum();
    weights += resident(model.embedding(), hasEmbedding) + resident(model.head(), hasHead);
    return new MemoryEstimate(
        weights,
        kvCacheBytes(layers),
        activationsBytes(hasHead),
        offer.processBytes(),
        offer.headroomBytes());
  }

  /** Keys and values of all promised sequences at the promised context, in bytes. */
  public long kvCacheBytes(LayerRange layers) {
    return product(
        model.kvCacheBytesPerTokenAndLayer(),
        layers.count(),
        workload.contextTokens(),
        workload.sequences());
  }

  private long resident(PartWeights part, boolean held) {
    return held ? part.residentBytes(weightType) : 0;
  }

  /**
   * Intermediate results of the largest step, of which ONNX Runtime's arena keeps the peak: a few
   * rows of hidden states, the feed-forward layer's two halves, attention scores {@code float32
   * [heads, chunk, context]} and the logits of one row.
   */
  private long activationsBytes(boolean hasHead) {
    long chunk = workload.prefillChunkTokens();
    long perToken =
        6L * model.hiddenSize()
            + (model.headCount() + 2L * model.kvHeadCount()) * model.headDim()
            + 4L * model.feedForwardSize()
            + (long) model.headCount() * workload.contextTokens();
    long logits = hasHead ? model.vocabularySize() : 0;
    return product(chunk, perToken, Float.BYTES) + logits * Float.BYTES;
  }

  /** A product, or {@link #TOO_LARGE} where it is larger than that, so that none wraps around. */
  private static long product(long... factors) {
    double exact = LongStream.of(factors).asDoubleStream().reduce(1, (a, b) -> a * b);
    return exact >= TOO_LARGE ? TOO_LARGE : LongStream.of(factors).reduce(1, (a, b) -> a * b);
  }
}
