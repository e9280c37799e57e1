package io.edgeshard.runtime.graph;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.graph.onnx.GraphBuilder;
import io.edgeshard.runtime.graph.onnx.Operator;
import io.edgeshard.runtime.graph.onnx.Value;
import java.util.List;
import java.util.Map;

/**
 * SwiGLU feed-forward of one layer, {@code down(silu(gate(x))·up(x))}: normed hidden states in,
 * what is added to the residual out.
 */
final class FeedForward {
  private final GraphBuilder graph;
  private final Projections projections;
  private final Checkpoint checkpoint;
  private final Value halves;

  FeedForward(GraphBuilder graph, Projections projections, ModelSpec model, Checkpoint checkpoint) {
    this.graph = graph;
    this.projections = projections;
    this.checkpoint = checkpoint;
    halves = graph.constant(model.feedForwardSize(), model.feedForwardSize());
  }

  Sum apply(int layer, Value normed, Value residual) {
    String name = "layer." + layer + ".feedforward";
    Value both =
        projections.project(
            name + ".gateup",
            normed,
            List.of(
                checkpoint.tensor(TensorNames.layer(layer, "ffn_gate")),
                checkpoint.tensor(TensorNames.layer(layer, "ffn_up"))));
    List<Value> split =
        graph.apply(name + ".split", Operator.SPLIT, Map.of("axis", 1), 2, both, halves);
    // QuickGelu is x·sigmoid(alpha·x): SiLU when alpha is 1.
    Value gate =
        graph.apply(name + ".silu", Operator.QUICK_GELU, Map.of("alpha", 1f), split.get(0));
    Value gated = graph.apply(name + ".gated", Operator.MUL, Map.of(), gate, split.get(1));
    return projections.projectOnto(
        name + ".down", gated, checkpoint.tensor(TensorNames.layer(layer, "ffn_down")), residual);
  }
}
