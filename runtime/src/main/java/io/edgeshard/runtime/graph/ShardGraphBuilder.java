package io.edgeshard.runtime.graph;

import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.checkpoint.TensorSlice;
import io.edgeshard.runtime.graph.onnx.Axis;
import io.edgeshard.runtime.graph.onnx.ElementType;
import io.edgeshard.runtime.graph.onnx.GraphBuilder;
import io.edgeshard.runtime.graph.onnx.Operator;
import io.edgeshard.runtime.graph.onnx.Value;
import io.edgeshard.runtime.graph.onnx.Weight;
import java.util.List;
import java.util.Map;

/** Builds the graph of a layer range out of a checkpoint's tensors. */
public final class ShardGraphBuilder {
  private final Checkpoint checkpoint;
  private final ModelSpec model;
  private final GraphBuilder graph = new GraphBuilder();
  private final Projections projections;

  private ShardGraphBuilder(Checkpoint checkpoint, WeightType weightType) {
    this.checkpoint = checkpoint;
    model = checkpoint.spec();
    projections = new Projections(graph, weightType);
  }

  /**
   * Builds.
   *
   * @param hasHead whether the last norm and the output head follow the layers
   */
  public static ShardGraph build(
      Checkpoint checkpoint, LayerRange layers, boolean hasHead, WeightType weightType) {
    return new ShardGraphBuilder(checkpoint, weightType).build(layers, hasHead);
  }

  private ShardGraph build(LayerRange layers, boolean hasHead) {
    Axis rows = Axis.named("rows");
    Axis hiddenSize = Axis.of(model.hiddenSize());
    Value hidden = graph.input(ShardGraph.HIDDEN, ElementType.FLOAT32, rows, hiddenSize);
    String name = hasHead ? "head.hidden" : ShardGraph.HIDDEN_OUT;
    if (layers.count() > 0) {
      hidden = decoderLayers(layers, hidden, name);
    } else if (!hasHead) {
      hidden = graph.apply(name, Operator.IDENTITY, Map.of(), hidden);
    }
    if (hasHead) {
      head(hidden);
    } else {
      graph.output(hidden, ElementType.FLOAT32, rows, hiddenSize);
    }
    return new ShardGraph(graph.build(), graph.weights());
  }

  private Value decoderLayers(LayerRange layers, Value hidden, String resultName) {
    Attention attention = new Attention(graph, projections, model, checkpoint);
    FeedForward feedForward = new FeedForward(graph, projections, model, checkpoint);
    Value residual = hidden;
    Value normed = norm("layer." + layers.start() + ".norm", residual, layerNorm(layers.start()));
    for (int layer = layers.start(); layer < layers.end(); layer++) {
      Sum attended = attention.apply(layer, normed, residual);
      String between = "layer." + layer + ".feedforward.norm";
      List<Value> step = addAndNorm(between, attended, TensorNames.layer(layer, "ffn_norm"));
      Sum fed = feedForward.apply(layer, step.get(0), step.get(1));
      if (layer + 1 == layers.end()) {
        return graph.apply(resultName, Operator.ADD, Map.of(), fed.left(), fed.right());
      }
      List<Value> next = addAndNorm("layer." + (layer + 1) + ".norm", fed, layerNorm(layer + 1));
      normed = next.get(0);
      residual = next.get(1);
    }
    throw new IllegalArgumentException("expected at least one layer, found " + layers);
  }

  private void head(Value hidden) {
    Axis wanted = Axis.named("wanted");
    Value rows = graph.input(ShardGraph.LOGIT_ROWS, ElementType.INT64, wanted);
    Value picked = graph.apply("head.rows", Operator.GATHER, Map.of("axis", 0), hidden, rows);
    Value normed = norm("head.norm", picked, TensorNames.FINAL_NORM);
    TensorSlice weight =
        checkpoint.find(TensorNames.HEAD).orElseGet(() -> checkpoint.tensor(TensorNames.EMBEDDING));
    Value logits = projections.project(ShardGraph.LOGITS, normed, List.of(weight));
    graph.output(logits, ElementType.FLOAT32, wanted, Axis.of(model.vocabularySize()));
  }

  private Value norm(String name, Value x, String tensor) {
    Map<String, Object> attributes =
        Map.of("axis", -1, "epsilon", model.normEpsilon(), "stash_type", 1);
    return graph.apply(name, Operator.RMS_NORM, attributes, x, vector(tensor));
  }

  private List<Value> addAndNorm(String name, Sum sum, String tensor) {
    Value normed = new Value(name);
    Value added = new Value(name + ".residual");
    graph.apply(
        name,
        Operator.SKIP_RMS_NORM,
        Map.of("epsilon", model.normEpsilon()),
        List.of(normed, Value.ABSENT, Value.ABSENT, added),
        sum.left(),
        sum.right(),
        vector(tensor));
    return List.of(normed, added);
  }

  private static String layerNorm(int layer) {
    return TensorNames.layer(layer, "attn_norm");
  }

  private Value vector(String tensor) {
    TensorSlice slice = checkpoint.tensor(tensor);
    return graph.weight(
        new Weight(
            tensor,
            ElementType.FLOAT32,
            List.of((long) slice.columns()),
            Weight.Use.CONSTANT,
            BlockWriters.expanded(List.of(slice))));
  }
}
