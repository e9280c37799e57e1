package io.edgeshard.planner.cost;

import io.edgeshard.planner.LayerRange;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.WeightType;

/** What a range of layers takes on a node: the one sum that planner, node and status agree on. */
public final class MemoryModel {
  /** The process without a model: JVM, event bus, Hazelcast, ONNX Runtime, in bytes. */
  public static final long PROCESS_BYTES = 300L << 20;

  private final ModelSpec model;
  private final WeightType weightType;
  private final Workload workload;

  public MemoryModel(ModelSpec model, WeightType weightType, Workload workload) {
    this.model = model;
    this.weightType = weightType;
    this.workload = workload;
  }

  /** The sum for a shard, item by item. */
  public MemoryEstimate estimate(LayerRange layers, boolean hasEmbedding, boolean hasHead) {
    long weights =
        model.layers().subList(layers.start(), layers.end()).stream()
            .mapToLong(part -> part.residentBytes(weightType))
            .sum();
    weights += resident(model.embedding(), hasEmbedding) + resident(model.head(), hasHead);
    return new MemoryEstimate(
        weights, kvCacheBytes(layers), activationsBytes(hasHead), PROCESS_BYTES);
  }

  /** Keys and values of all promised sequences at the promised context, in bytes. */
  public long kvCacheBytes(LayerRange layers) {
    return model.kvCacheBytesPerTokenAndLayer()
        * layers.count()
        * workload.contextTokens()
        * workload.sequences();
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
    return (chunk * perToken + logits) * Float.BYTES;
  }
}
