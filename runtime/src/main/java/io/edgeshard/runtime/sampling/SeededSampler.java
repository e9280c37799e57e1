package io.edgeshard.runtime.sampling;

import io.edgeshard.runtime.sampling.SampledToken.Alternative;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The sampler of one sequence. Its state is the seed, the position and the tokens so far, so one
 * that is made anew with these goes on as the first would have.
 *
 * <p>Order of a choice: logit bias, repetition penalty, frequency and presence penalty; then, if
 * the temperature is 0, the largest logit, the lowest id among equals; else temperature, top-k,
 * top-p, min-p and a draw. Reported log-probabilities are the model's own, before all of these.
 */
public final class SeededSampler implements Sampler {
  private final SamplingParameters parameters;
  private final LogitAdjustments adjustments;
  private float[] logits = {};
  private long position;

  /**
   * A sampler that goes on after the given tokens.
   *
   * @param promptTokenIds the prompt, which the repetition penalty counts
   * @param answerTokenIds what was chosen already, which all penalties count; empty for a new
   *     answer
   */
  public SeededSampler(SamplingParameters parameters, int[] promptTokenIds, int[] answerTokenIds) {
    this.parameters = parameters;
    this.adjustments = new LogitAdjustments(parameters, promptTokenIds, answerTokenIds);
    this.position = (long) promptTokenIds.length + answerTokenIds.length;
  }

  @Override
  public SampledToken sample(FloatBuffer row) {
    read(row);
    SampledToken token =
        parameters.topLogProbabilities() < 0
            ? new SampledToken(choose(), Float.NaN, List.of())
            : chooseAndReport();
    adjustments.add(token.id());
    position++;
    return token;
  }

  private void read(FloatBuffer row) {
    if (logits.length != row.remaining()) {
      logits = new float[row.remaining()];
    }
    row.get(row.position(), logits);
    Logits.requireFinite(logits);
  }

  private SampledToken chooseAndReport() {
    double logTotal = Logits.logOfSum(logits);
    List<Alternative> top = new ArrayList<>();
    for (int id : Logits.largest(logits, parameters.topLogProbabilities())) {
      top.add(new Alternative(id, (float) (logits[id] - logTotal)));
    }
    float[] own = adjustments.isNeeded() ? logits.clone() : logits;
    int id = choose();
    return new SampledToken(id, (float) (own[id] - logTotal), top);
  }

  /** Chooses a token; the logits are no longer the model's own afterwards. */
  private int choose() {
    if (adjustments.isNeeded()) {
      adjustments.applyTo(logits);
    }
    return parameters.temperature() == 0
        ? Logits.largest(logits)
        : Candidates.of(logits, parameters).at(random());
  }

  /** A number from 0 to below 1 that depends on seed and position, and on nothing else. */
  private double random() {
    long start = new SplittableRandom(parameters.seed()).nextLong();
    return new SplittableRandom(start + position).nextDouble();
  }
}
