package io.edgeshard.planner.catalogue;

import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.LayerTimes;
import io.edgeshard.planner.cluster.TimeCurve;
import io.edgeshard.planner.cluster.TimeCurve.Point;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.WeightType;
import java.util.stream.IntStream;

/**
 * How fast a device of the catalogue computes a model: never faster than it reads the weights, nor
 * than it multiplies.
 *
 * <pre>
 *   decode, b rows    weight bytes / rate  +  (b - 1) operations / peak  +  b context KV bytes / rate
 *   prefill, t rows   max(weight bytes / rate, t operations / peak)  +  t context operations / peak
 * </pre>
 *
 * <p>Rate and peak are the device's, times the part of them that is reached ({@link Calibration}).
 * Further rows of a decode step are added, not hidden behind the reading of weights: that is what
 * the paper's figures show for 4 sequences. Integer arithmetic counts where it has something to
 * work on: weights that take less room than float32 when run {@link WeightType#FAST}.
 */
final class Roofline {
  private static final double MS_PER_SECOND = 1000;
  private static final int MULTIPLY_AND_ADD = 2;
  private static final int PRODUCTS_OF_ATTENTION = 2;

  private final ModelSpec model;
  private final WeightType weightType;
  private final double bytesPerMs;
  private final double operationsPerMs;

  Roofline(CatalogueDevice device, ModelSpec model, WeightType weightType) {
    this.model = model;
    this.weightType = weightType;
    this.bytesPerMs =
        device.memory().bytesPerSecond() * device.bandwidthReached().value() / MS_PER_SECOND;
    PartWeights layer = model.layers().get(0);
    boolean inIntegers = weightType == WeightType.FAST && layer.fastBytes() < layer.float32Bytes();
    double peak = inIntegers ? device.peak().int8() : device.peak().float32();
    this.operationsPerMs = peak * Calibration.COMPUTE.value() / MS_PER_SECOND;
  }

  ComputeProfile compute() {
    double layerBytes =
        model.layers().stream()
            .mapToLong(part -> part.residentBytes(weightType))
            .average()
            .orElseThrow();
    double weightsMs = layerBytes / bytesPerMs;
    double rowMs = layerOperations() / operationsPerMs;
    double headMs = model.head().residentBytes(weightType) / bytesPerMs;
    return new ComputeProfile(
        new LayerTimes(
            TimeCurve.line(weightsMs, rowMs), model.kvCacheBytesPerTokenAndLayer() / bytesPerMs),
        new LayerTimes(
            prefill(weightsMs, rowMs), attentionOperationsPerContextToken() / operationsPerMs),
        embedding(),
        TimeCurve.line(headMs, headOperations() / operationsPerMs),
        TimeCurve.none());
  }

  /** Flat until arithmetic takes as long as reading the weights, then through the origin. */
  private static TimeCurve prefill(double weightsMs, double rowMs) {
    int knee = (int) Math.max(1, Math.floor(weightsMs / rowMs));
    return new TimeCurve(
        IntStream.of(1, knee, knee + 1, knee + 2)
            .distinct()
            .mapToObj(rows -> new Point(rows, Math.max(weightsMs, rows * rowMs)))
            .toList());
  }

  private TimeCurve embedding() {
    double rowMs = (double) model.hiddenSize() * Float.BYTES / bytesPerMs;
    return TimeCurve.line(rowMs, rowMs);
  }

  /** Of one row: the weights of attention and feed-forward, each multiplied and added once. */
  private double layerOperations() {
    return MULTIPLY_AND_ADD * (double) ModelShape.layerWeights(model);
  }

  private double headOperations() {
    return MULTIPLY_AND_ADD * (double) model.hiddenSize() * model.vocabularySize();
  }

  private double attentionOperationsPerContextToken() {
    return MULTIPLY_AND_ADD * PRODUCTS_OF_ATTENTION * (double) model.headCount() * model.headDim();
  }
}
