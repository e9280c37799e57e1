package io.edgeshard.runtime.shard;

import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.WeightType;

/**
 * Which part of a model a shard is, and how it is run.
 *
 * @param layers decoder layers
 * @param hasEmbedding whether it takes token ids (else hidden states)
 * @param hasHead whether it gives logits (else hidden states)
 * @param weightType how the weights are run
 * @param threads of ONNX Runtime within an operator
 * @param kvCacheBudgetBytes the most that keys and values of all sequences may take
 */
public record ShardSpec(
    LayerRange layers,
    boolean hasEmbedding,
    boolean hasHead,
    WeightType weightType,
    int threads,
    long kvCacheBudgetBytes) {}
