package io.edgeshard.runtime.sampling;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What is added to and taken from logits before a choice: bias, then penalties for tokens that
 * occurred. Remembers which did.
 */
final class LogitAdjustments {
  private final SamplingParameters parameters;
  private final BitSet occurred = new BitSet();
  private final Deque<Integer> latest = new ArrayDeque<>();
  private final Map<Integer, Integer> answerCounts = new HashMap<>();

  LogitAdjustments(SamplingParameters parameters, int[] promptTokenIds, int[] answerTokenIds) {
    this.parameters = parameters;
    for (int id : promptTokenIds) {
      remember(id);
    }
    for (int id : answerTokenIds) {
      add(id);
    }
  }

  /** Remembers a token of the answer. */
  void add(int tokenId) {
    remember(tokenId);
    answerCounts.merge(tokenId, 1, Integer::sum);
  }

  private void remember(int tokenId) {
    if (!hasWindow()) {
      occurred.set(tokenId);
      return;
    }
    latest.addLast(tokenId);
    if (latest.size() > parameters.repetitionWindow()) {
      latest.removeFirst();
    }
  }

  private boolean hasWindow() {
    return parameters.repetitionWindow() > 0;
  }

  /** The tokens that the repetition penalty counts. */
  private BitSet counted() {
    if (!hasWindow()) {
      return occurred;
    }
    BitSet window = new BitSet();
    latest.forEach(window::set);
    return window;
  }

  /** Whether anything would be changed. */
  boolean isNeeded() {
    return !parameters.logitBias().isEmpty() || hasRepetition() || hasAnswerPenalty();
  }

  private boolean hasRepetition() {
    return parameters.repetitionPenalty() != 1;
  }

  private boolean hasAnswerPenalty() {
    return parameters.frequencyPenalty() != 0 || parameters.presencePenalty() != 0;
  }

  /** Changes the logits in place. */
  void applyTo(float[] logits) {
    addBias(logits);
    if (hasRepetition()) {
      penalizeRepetition(logits);
    }
    if (hasAnswerPenalty()) {
      penalizeAnswer(logits);
    }
  }

  private void addBias(float[] logits) {
    parameters
        .logitBias()
        .forEach(
            (id, bias) -> {
              requireToken(id, logits.length);
              logits[id] =
                  bias == Float.NEGATIVE_INFINITY ? bias : inRange((double) logits[id] + bias);
            });
    if (logits[Logits.largest(logits)] == Float.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException("expected a token that the logit bias allows, found none");
    }
  }

  private void penalizeRepetition(float[] logits) {
    double penalty = parameters.repetitionPenalty();
    BitSet counted = counted();
    for (int id = counted.nextSetBit(0); id >= 0; id = counted.nextSetBit(id + 1)) {
      requireToken(id, logits.length);
      double logit = logits[id];
      if (logit != Double.NEGATIVE_INFINITY) {
        logits[id] = inRange(logit > 0 ? logit / penalty : logit * penalty);
      }
    }
  }

  private void penalizeAnswer(float[] logits) {
    answerCounts.forEach(
        (id, count) -> {
          requireToken(id, logits.length);
          double penalty = parameters.presencePenalty() + count * parameters.frequencyPenalty();
          if (logits[id] != Float.NEGATIVE_INFINITY) {
            logits[id] = inRange(logits[id] - penalty);
          }
        });
  }

  private static void requireToken(int id, int vocabulary) {
    if (id >= vocabulary) {
      throw new IllegalArgumentException(
          "expected token ids of 0 to %d in logit bias and history, found %d"
              .formatted(vocabulary - 1, id));
    }
  }

  /** The value as a finite float: only what is forbidden is infinite. */
  private static float inRange(double value) {
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
  }
}
