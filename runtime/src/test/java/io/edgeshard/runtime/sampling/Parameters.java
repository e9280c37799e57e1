package io.edgeshard.runtime.sampling;

import java.util.Map;

/** Sampling parameters for tests: greedy or plain, with one thing changed at a time. */
final class Parameters {
  private double temperature = 1;
  private int topK;
  private double topP = 1;
  private double minP;
  private double repetitionPenalty = 1;
  private int repetitionWindow;
  private double frequencyPenalty;
  private double presencePenalty;
  private Map<Integer, Float> logitBias = Map.of();
  private long seed;
  private int topLogProbabilities = -1;

  static Parameters plain() {
    return new Parameters();
  }

  static Parameters greedy() {
    return new Parameters().temperature(0);
  }

  Parameters temperature(double value) {
    temperature = value;
    return this;
  }

  Parameters topK(int value) {
    topK = value;
    return this;
  }

  Parameters topP(double value) {
    topP = value;
    return this;
  }

  Parameters minP(double value) {
    minP = value;
    return this;
  }

  Parameters repetitionPenalty(double value) {
    repetitionPenalty = value;
    return this;
  }

  Parameters repetitionWindow(int value) {
    repetitionWindow = value;
    return this;
  }

  Parameters frequencyPenalty(double value) {
    frequencyPenalty = value;
    return this;
  }

  Parameters presencePenalty(double value) {
    presencePenalty = value;
    return this;
  }

  Parameters logitBias(Map<Integer, Float> value) {
    logitBias = value;
    return this;
  }

  Parameters seed(long value) {
    seed = value;
    return this;
  }

  Parameters topLogProbabilities(int value) {
    topLogProbabilities = value;
    return this;
  }

  SamplingParameters build() {
    return new SamplingParameters(
        temperature,
        topK,
        topP,
        minP,
        repetitionPenalty,
        repetitionWindow,
        frequencyPenalty,
        presencePenalty,
        logitBias,
        seed,
        topLogProbabilities);
  }
}
