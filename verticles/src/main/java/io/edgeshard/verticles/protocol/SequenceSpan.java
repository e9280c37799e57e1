package io.edgeshard.verticles.protocol;

import io.edgeshard.runtime.shard.step.Span;

/**
 * The rows of one sequence in a step.
 *
 * @param sequence whose
 * @param span where they go; logits of its last row are for sampling
 */
public record SequenceSpan(SequenceId sequence, Span span) {}
