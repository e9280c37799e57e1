package io.edgeshard.verticles.planning;

import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.LayerTimes;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.WeightType;

/**
 * How fast a node that was measured with one model would run another: a guess. Layers and head go
 * by the bytes of their weights, which a step reads once; attention by the width of all heads; the
 * embedding by the hidden size. What a step takes besides stays as it is.
 */
final class OtherModel {
  private final double layer;
  private final double attention;
  private final double hidden;
  private final double head;

  OtherModel(ModelSpec measured, ModelSpec other, WeightType weights) {
    this.layer = layerBytes(other, weights) / layerBytes(measured, weights);
    this.attention = attentionWidth(other) / attentionWidth(measured);
    this.hidden = other.hiddenSize() / (double) measured.hiddenSize();
    this.head =
        other.head().residentBytes(weights)
            / (double) Math.max(1, measured.head().residentBytes(weights));
  }

  NodeProfile guess(NodeProfile node) {
    ComputeProfile compute = node.compute();
    return new NodeProfile(
        node.node(),
        node.machine(),
        node.memory(),
        new ComputeProfile(
            layer(compute.decode()),
            layer(compute.prefill()),
            compute.embedding().times(hidden),
            compute.head().times(head),
            compute.step()),
        node.power());
  }

  private LayerTimes layer(LayerTimes times) {
    return new LayerTimes(times.layer().times(layer), times.msPerRowAndContextToken() * attention);
  }

  private static double layerBytes(ModelSpec model, WeightType weights) {
    double bytes = 0;
    for (PartWeights part : model.layers()) {
      bytes += part.residentBytes(weights);
    }
    return Math.max(1, bytes / model.layerCount());
  }

  private static double attentionWidth(ModelSpec model) {
    return model.headCount() * (double) model.headDim();
  }
}
