package io.edgeshard.runtime.shard;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.RopeSpec;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.checkpoint.TensorSlice;
import io.edgeshard.runtime.fixture.gguf.Quantizer;

/**
 * A Llama forward pass as plain loops, written from the architecture's description and sharing no
 * code with what it judges: no cache, no batching, no fusing, double precision throughout.
 *
 * <p>Query and key rows are first put back into the order they had before conversion to GGUF (both
 * halves of a head one after the other), and then rotated as the original models do.
 */
final class ReferenceLlama {
  private final Checkpoint checkpoint;
  private final ModelSpec model;

  ReferenceLlama(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    model = checkpoint.spec();
  }

  /** Logits {@code [rows, vocabulary]} after each token. */
  double[][] logits(int[] ids) {
    double[][] hidden = new double[ids.length][];
    double[][] embedding = matrix("token_embd.weight");
    for (int t = 0; t < ids.length; t++) {
      hidden[t] = embedding[ids[t]].clone();
    }
    for (int layer = 0; layer < model.layerCount(); layer++) {
      String prefix = "blk." + layer + ".";
      add(hidden, attention(prefix, normed(hidden, prefix + "attn_norm.weight")));
      add(hidden, feedForward(prefix, normed(hidden, prefix + "ffn_norm.weight")));
    }
    double[][] head = model.tiedHead() ? embedding : matrix("output.weight");
    return project(normed(hidden, "output_norm.weight"), head);
  }

  private double[][] attention(String prefix, double[][] x) {
    int dim = model.headDim();
    double[][] queries = project(x, unpermuted(prefix + "attn_q.weight", model.headCount()));
    double[][] keys = project(x, unpermuted(prefix + "attn_k.weight", model.kvHeadCount()));
    double[][] values = project(x, matrix(prefix + "attn_v.weight"));
    rotate(queries, model.headCount());
    rotate(keys, model.kvHeadCount());
    int group = model.headCount() / model.kvHeadCount();
    double[][] mixed = new double[x.length][model.headCount() * dim];
    for (int t = 0; t < x.length; t++) {
      for (int head = 0; head < model.headCount(); head++) {
        int from = head * dim;
        int kvFrom = head / group * dim;
        double[] scores = new double[t + 1];
        for (int s = 0; s <= t; s++) {
          scores[s] = dot(queries[t], from, keys[s], kvFrom, dim) / Math.sqrt(dim);
        }
        softmax(scores);
        for (int s = 0; s <= t; s++) {
          for (int i = 0; i < dim; i++) {
            mixed[t][from + i] += scores[s] * values[s][kvFrom + i];
          }
        }
      }
    }
    return project(mixed, matrix(prefix + "attn_output.weight"));
  }

  private double[][] feedForward(String prefix, double[][] x) {
    double[][] gate = project(x, matrix(prefix + "ffn_gate.weight"));
    double[][] up = project(x, matrix(prefix + "ffn_up.weight"));
    for (int t = 0; t < x.length; t++) {
      for (int i = 0; i < gate[t].length; i++) {
        gate[t][i] = gate[t][i] / (1 + Math.exp(-gate[t][i])) * up[t][i];
      }
    }
    return project(gate, matrix(prefix + "ffn_down.weight"));
  }

  private void rotate(double[][] x, int heads) {
    RopeSpec rope = model.rope();
    int half = rope.dimensionCount() / 2;
    for (int position = 0; position < x.length; position++) {
      for (int head = 0; head < heads; head++) {
        for (int i = 0; i < half; i++) {
          int first = head * model.headDim() + i;
          double frequency = Math.pow(rope.base(), -2.0 * i / rope.dimensionCount());
          double angle = position * frequency / divisor(rope.scaling(), i);
          double a = x[position][first];
          double b = x[position][first + half];
          x[position][first] = a * Math.cos(angle) - b * Math.sin(angle);
          x[position][first + half] = b * Math.cos(angle) + a * Math.sin(angle);
        }
      }
    }
  }

  private static double divisor(RopeSpec.Scaling scaling, int pair) {
    if (scaling instanceof RopeSpec.LinearScaling linear) {
      return linear.factor();
    }
    return scaling instanceof RopeSpec.FactorScaling factors ? factors.factors().get(pair) : 1;
  }

  // Conversion made neighbours of the rows i and i + half of each head's rotated part.
  private double[][] unpermuted(String tensor, int heads) {
    double[][] rows = matrix(tensor);
    double[][] original = rows.clone();
    int rotated = model.rope().dimensionCount();
    for (int head = 0; head < heads; head++) {
      int from = head * model.headDim();
      for (int i = 0; i < rotated / 2; i++) {
        original[from + i] = rows[from + 2 * i];
        original[from + rotated / 2 + i] = rows[from + 2 * i + 1];
      }
    }
    return original;
  }

  private double[][] normed(double[][] x, String tensor) {
    double[] weight = matrix(tensor)[0];
    double[][] result = new double[x.length][weight.length];
    for (int t = 0; t < x.length; t++) {
      double meanSquare = dot(x[t], 0, x[t], 0, weight.length) / weight.length;
      for (int i = 0; i < weight.length; i++) {
        result[t][i] = x[t][i] / Math.sqrt(meanSquare + model.normEpsilon()) * weight[i];
      }
    }
    return result;
  }

  private double[][] matrix(String tensor) {
    TensorSlice slice = checkpoint.tensor(tensor);
    float[] weights = Quantizer.dequantize(slice.type(), slice.data());
    double[][] matrix = new double[slice.rows()][slice.columns()];
    for (int i = 0; i < weights.length; i++) {
      matrix[i / slice.columns()][i % slice.columns()] = weights[i];
    }
    return matrix;
  }

  private static double[][] project(double[][] x, double[][] weight) {
    double[][] result = new double[x.length][weight.length];
    for (int t = 0; t < x.length; t++) {
      for (int row = 0; row < weight.length; row++) {
        result[t][row] = dot(x[t], 0, weight[row], 0, weight[row].length);
      }
    }
    return result;
  }

  private static double dot(double[] a, int aFrom, double[] b, int bFrom, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += a[aFrom + i] * b[bFrom + i];
    }
    return sum;
  }

  private static void softmax(double[] scores) {
    double max = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      max = Math.max(max, score);
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.exp(scores[i] - max);
      sum += scores[i];
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= sum;
    }
  }

  private static void add(double[][] target, double[][] addend) {
    for (int t = 0; t < target.length; t++) {
      for (int i = 0; i < target[t].length; i++) {
        target[t][i] += addend[t][i];
      }
    }
  }
}
