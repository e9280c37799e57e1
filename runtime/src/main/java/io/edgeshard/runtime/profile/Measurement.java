package io.edgeshard.runtime.profile;

/**
 * How long one part of a model took, its spread kept.
 *
 * <p>A value of a round is the mean of its runs, so that a processor stopped now and then by a
 * quota shows as slow as it is; median, least and most are those of the rounds.
 *
 * @param part what
 * @param rows sequences in decode, tokens elsewhere
 * @param contextTokens tokens in the KV cache before it
 * @param medianMs 0 or more
 * @param leastMs at most the median
 * @param mostMs at least the median
 * @param runs how many went into it; 0 for one computed from the layers' times because there was no
 *     time to load and run it
 */
public record Measurement(
    Part part,
    int rows,
    int contextTokens,
    double medianMs,
    double leastMs,
    double mostMs,
    int runs) {
  public Measurement {
    boolean sound =
        rows > 0
            && contextTokens >= 0
            && leastMs >= 0
            && leastMs <= medianMs
            && medianMs <= mostMs
            && Double.isFinite(mostMs)
            && runs >= 0;
    if (!sound) {
      throw new IllegalArgumentException(
          "expected rows above 0 and 0 <= least <= median <= most, found %d rows, %s, %s and %s ms in %d runs"
              .formatted(rows, leastMs, medianMs, mostMs, runs));
    }
  }
}
