/** Logits to token id, on the last stage; a sampler's state is seed, position and token history. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.sampling;
