/**
 * Logits to token id, on the last stage. {@link io.edgeshard.runtime.sampling.SeededSampler} reads
 * from top to bottom in the order of the steps; its state is seed, position and token history, so
 * that a continued sequence samples the same on another node.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.sampling;
