package io.edgeshard.runtime.sampling;

import java.util.List;

/**
 * A chosen token.
 *
 * @param id the token
 * @param logProbability natural log of its probability before temperature and truncation; NaN when
 *     not asked for
 * @param top the likeliest alternatives, likeliest first; empty when not asked for
 */
public record SampledToken(int id, float logProbability, List<Alternative> top) {
  public SampledToken {
    top = List.copyOf(top);
  }

  /**
   * A token that could have been chosen.
   *
   * @param id the token
   * @param logProbability natural log of its probability
   */
  public record Alternative(int id, float logProbability) {}
}
