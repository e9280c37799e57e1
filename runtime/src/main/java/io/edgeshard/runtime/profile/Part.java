package io.edgeshard.runtime.profile;

import java.util.Locale;

/** What was measured, as the planner counts a stage's time. */
public enum Part {
  /** One decoder layer, one token for each of some sequences. */
  DECODE_LAYER,
  /** One decoder layer, a chunk of one sequence's prompt. */
  PREFILL_LAYER,
  /** Token ids to hidden states. */
  EMBEDDING,
  /** Final norm, output head and the choice of a token. */
  HEAD,
  /** What a step takes besides. */
  STEP;

  /** The name used in files and on the command line, as {@code decode-layer}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
