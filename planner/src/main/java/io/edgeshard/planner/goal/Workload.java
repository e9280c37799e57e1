package io.edgeshard.planner.goal;

/**
 * What a plan must be able to serve.
 *
 * @param contextTokens the context promised to each sequence, prompt and answer together
 * @param sequences how many sequences are promised that context at once
 * @param prefillChunkTokens the most tokens computed in one step
 */
public record Workload(int contextTokens, int sequences, int prefillChunkTokens) {
  public Workload {
    if (contextTokens <= 0 || sequences <= 0 || prefillChunkTokens <= 0) {
      throw new IllegalArgumentException(
          "expected context, sequences and prefill chunk above 0, found "
              + contextTokens
              + ", "
              + sequences
              + " and "
              + prefillChunkTokens);
    }
  }
}
