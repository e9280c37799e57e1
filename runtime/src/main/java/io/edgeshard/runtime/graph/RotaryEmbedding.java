package io.edgeshard.runtime.graph;

import io.edgeshard.planner.model.RopeSpec;
import java.nio.FloatBuffer;

/**
 * The angles of a model's rotary position embedding: position p turns pair i by {@code p ·
 * base^(-2i / dimensions)}, scaled as the model says.
 */
public final class RotaryEmbedding {
  private final double[] frequencies;

  /** The angles that a model's facts describe. */
  public RotaryEmbedding(RopeSpec rope) {
    frequencies = new double[rope.dimensionCount() / 2];
    for (int pair = 0; pair < frequencies.length; pair++) {
      double trained = Math.pow(rope.base(), -2.0 * pair / rope.dimensionCount());
      frequencies[pair] = trained / divisor(rope.scaling(), pair);
    }
  }

  private static double divisor(RopeSpec.Scaling scaling, int pair) {
    if (scaling instanceof RopeSpec.LinearScaling linear) {
      return linear.factor();
    }
    if (scaling instanceof RopeSpec.FactorScaling factors) {
      return factors.factors().get(pair);
    }
    return 1;
  }

  /** How many pairs of a head's dimensions are turned. */
  public int pairs() {
    return frequencies.length;
  }

  /**
   * Appends cosines and sines of positions {@code [start, end)}, {@code [positions, pairs]} each.
   */
  public void write(int start, int end, FloatBuffer cosines, FloatBuffer sines) {
    for (int position = start; position < end; position++) {
      for (double frequency : frequencies) {
        double angle = position * frequency;
        cosines.put((float) Math.cos(angle));
        sines.put((float) Math.sin(angle));
      }
    }
  }
}
