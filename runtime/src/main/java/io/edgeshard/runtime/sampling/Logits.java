package io.edgeshard.runtime.sampling;

import io.edgeshard.runtime.ModelException;
import java.util.Arrays;

/** Reads rows of logits, {@code float32 [vocabulary]}; of equal ones the lowest id comes first. */
final class Logits {
  /** The exponent of infinities and of what is not a number. */
  private static final int NOT_FINITE = 0x7f80_0000;

  private Logits() {}

  /** Refuses logits that are no numbers: they would choose some token without any reason. */
  static void requireFinite(float[] logits) {
    if (logits.length == 0) {
      throw new ModelException("expected a logit for each token from the model, found none");
    }
    for (int id = 0; id < logits.length; id++) {
      // By the bits: without the optimising compiler a tenth of what Math.abs takes.
      if ((Float.floatToRawIntBits(logits[id]) & NOT_FINITE) == NOT_FINITE) {
        throw new ModelException(
            "expected finite logits from the model, found %s for token %d: the model file or the arithmetic it is run with is broken"
                .formatted(logits[id], id));
      }
    }
  }

  /** Log of the sum of exponentials: subtracted from a logit, it gives a log-probability. */
  static double logOfSum(float[] logits) {
    float largest = logits[largest(logits)];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp((double) logit - largest);
    }
    return largest + Math.log(sum);
  }

  /** The id of the largest. */
  static int largest(float[] logits) {
    int best = 0;
    float bestLogit = logits[0];
    for (int id = 1; id < logits.length; id++) {
      if (logits[id] > bestLogit) {
        bestLogit = logits[id];
        best = id;
      }
    }
    return best;
  }

  /**
   * The ids of the {@code count} largest, the largest first.
   *
   * <p>A heap keeps the largest seen so far, the smallest of them on top, as one number each:
   * comparing these compares logits first and then, the other way round, ids.
   */
  static int[] largest(float[] logits, int count) {
    int kept = Math.min(count, logits.length);
    if (kept == 0) {
      return new int[0];
    }
    long[] heap = new long[kept];
    for (int id = 0; id < kept; id++) {
      heap[id] = ranked(logits[id], id);
    }
    Arrays.sort(heap);
    for (int id = kept; id < logits.length; id++) {
      long candidate = ranked(logits[id], id);
      if (candidate > heap[0]) {
        replaceTop(heap, candidate);
      }
    }
    Arrays.sort(heap);
    int[] ids = new int[kept];
    for (int i = 0; i < kept; i++) {
      ids[i] = idOf(heap[kept - 1 - i]);
    }
    return ids;
  }

  private static void replaceTop(long[] heap, long value) {
    int place = 0;
    for (int child = 1; child < heap.length; child = 2 * place + 1) {
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
        child++;
      }
      if (value <= heap[child]) {
        break;
      }
      heap[place] = heap[child];
      place = child;
    }
    heap[place] = value;
  }

  /** A number that is larger for a larger logit, and among equal ones for a lower id. */
  static long ranked(float logit, int id) {
    int bits = Float.floatToIntBits(logit + 0f);
    int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    return ((long) ordered << 32) | (~id & 0xFFFF_FFFFL);
  }

  /** The id that a number of {@link #ranked} was made with. */
  static int idOf(long ranked) {
    return ~(int) ranked;
  }
}
