package io.edgeshard.runtime.sampling;

import java.nio.FloatBuffer;

/** Chooses the next token of one sequence and remembers it. Not thread-safe. */
public interface Sampler {
  /**
   * Chooses, and appends the choice to the history.
   *
   * @param logits {@code float32 [vocabulary]} of the last token; left as they are
   */
  SampledToken sample(FloatBuffer logits);
}
