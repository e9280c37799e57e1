package io.edgeshard.runtime.sampling;

import java.util.Arrays;

/**
 * The tokens that may be drawn, each with its weight: what temperature, top-k, top-p and min-p, in
 * this order, leave of a row of logits.
 */
final class Candidates {
  private final int[] ids;
  private final double[] weights;

  /**
   * Tokens in the order in which they are drawn from.
   *
   * @param weights in proportion to the probabilities; the likeliest token's is 1
   */
  private Candidates(int[] ids, double[] weights) {
    this.ids = ids;
    this.weights = weights;
  }

  /**
   * Chooses the candidates.
   *
   * @param logits after bias and penalties, at least one of them finite; {@code -Infinity} forbids
   */
  static Candidates of(float[] logits, SamplingParameters parameters) {
    boolean limited = parameters.topK() > 0 && parameters.topK() < logits.length;
    int[] ids = limited ? Logits.largest(logits, parameters.topK()) : ascending(logits.length);
    float largest = logits[limited ? ids[0] : Logits.largest(logits)];
    double[] weights = new double[ids.length];
    for (int i = 0; i < ids.length; i++) {
      weights[i] = Math.exp(((double) logits[ids[i]] - largest) / parameters.temperature());
    }
    Candidates candidates = new Candidates(ids, weights);
    if (parameters.topP() < 1) {
      double mass = candidates.total() * parameters.topP();
      Candidates ordered =
          limited ? candidates : candidates.likeliestFirst(parameters.topP(), logits);
      candidates = ordered.upTo(mass);
    }
    return parameters.minP() > 0 ? candidates.atLeast(parameters.minP()) : candidates;
  }

  private static int[] ascending(int count) {
    int[] ids = new int[count];
    Arrays.setAll(ids, id -> id);
    return ids;
  }

  private double total() {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    return total;
  }

  /**
   * The tokens among which those of the given probability are, the likeliest first. Tokens below a
   * share of {@code (1 - probability) / count} have less than {@code 1 - probability} together, so
   * that the others are enough: only these few have to be sorted.
   */
  private Candidates likeliestFirst(double probability, float[] logits) {
    double enough = (1 - probability) * total() / ids.length;
    long[] ranked = new long[ids.length];
    int count = 0;
    for (int i = 0; i < ids.length; i++) {
      if (weights[i] >= enough) {
        ranked[count++] = Logits.ranked(logits[ids[i]], ids[i]);
      }
    }
    Arrays.sort(ranked, 0, count);
    int[] sorted = new int[count];
    double[] sortedWeights = new double[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = Logits.idOf(ranked[count - 1 - i]);
      sortedWeights[i] = weights[sorted[i]];
    }
    return new Candidates(sorted, sortedWeights);
  }

  /** The first tokens whose weights reach the given mass. */
  private Candidates upTo(double mass) {
    double reached = weights[0];
    int count = 1;
    while (count < ids.length && reached < mass) {
      reached += weights[count++];
    }
    return new Candidates(Arrays.copyOf(ids, count), Arrays.copyOf(weights, count));
  }

  /** The tokens with at least the given weight. */
  private Candidates atLeast(double weight) {
    int[] keptIds = new int[ids.length];
    double[] keptWeights = new double[ids.length];
    int count = 0;
    for (int i = 0; i < ids.length; i++) {
      if (weights[i] >= weight) {
        keptIds[count] = ids[i];
        keptWeights[count++] = weights[i];
      }
    }
    return new Candidates(Arrays.copyOf(keptIds, count), Arrays.copyOf(keptWeights, count));
  }

  /**
   * The token at a place among the candidates.
   *
   * @param place from 0 (the first's beginning) to below 1 (the last's end)
   */
  int at(double place) {
    double wanted = place * total();
    double passed = 0;
    int last = 0;
    for (int i = 0; i < ids.length; i++) {
      passed += weights[i];
      if (passed > wanted) {
        return ids[i];
      }
      last = weights[i] > 0 ? i : last;
    }
    return ids[last];
  }
}
