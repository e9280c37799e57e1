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
 * @param slots for how many sequences there is KV cache
 */
public record ShardSpec(
    LayerRange layers,
    boolean hasEmbedding,
    boolean hasHead,
    WeightType weightType,
    int threads,
    Slots slots) {
  /**
   * KV cache of a shard; memory is taken as tokens come.
   *
   * @param count how many sequences
   * @param tokens the most that each may have
   */
  public record Slots(int count, int tokens) {
    public Slots {
      if (count <= 0 || tokens <= 0) {
        throw new IllegalArgumentException(
            "expected at least one slot of one token, found %d of %d".formatted(count, tokens));
      }
    }
  }
}
