package io.edgeshard.verticles.pipeline.request;

import io.edgeshard.runtime.sampling.SamplingParameters;
import java.util.Set;

/**
 * What is asked of a sequence, ready to run.
 *
 * @param promptIds the prompt, at least one token
 * @param maxNewTokens the most tokens of the answer, at least one
 * @param endIds tokens that end the answer; empty when none may
 * @param sampling how tokens are chosen
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SequenceSpec(
    int[] promptIds, int maxNewTokens, Set<Integer> endIds, SamplingParameters sampling) {
  public SequenceSpec {
    endIds = Set.copyOf(endIds);
  }

  /** Tokens that the KV cache must hold at the end. */
  public int capacityTokens() {
    return promptIds.length + maxNewTokens;
  }
}
