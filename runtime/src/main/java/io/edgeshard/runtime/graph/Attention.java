package io.edgeshard.runtime.graph;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.graph.onnx.Axis;
import io.edgeshard.runtime.graph.onnx.ElementType;
import io.edgeshard.runtime.graph.onnx.GraphBuilder;
import io.edgeshard.runtime.graph.onnx.Operator;
import io.edgeshard.runtime.graph.onnx.Value;
import java.util.List;
import java.util.Map;

/**
 * Grouped-query attention of one layer over its KV cache: normed hidden states in, what is added to
 * the residual out.
 *
 * <p>Keys and values live in tensors {@code float32 [slots, kvHeads, capacity, headDim]} that are
 * bound as past and as present, so the operator appends in place.
 */
final class Attention {
  private final GraphBuilder graph;
  private final Projections projections;
  private final ModelSpec model;
  private final Checkpoint checkpoint;
  private final Value lastPosition;
  private final Value totalLength;
  private final Value cosines;
  private final Value sines;
  private final Value packedShape;
  private final Value flatShape;

  Attention(GraphBuilder graph, Projections projections, ModelSpec model, Checkpoint checkpoint) {
    this.graph = graph;
    this.projections = projections;
    this.model = model;
    this.checkpoint = checkpoint;
    lastPosition = graph.input(ShardGraph.LAST_POSITION, ElementType.INT32, Axis.named("slots"));
    totalLength = graph.input(ShardGraph.TOTAL_LENGTH, ElementType.INT32);
    Axis pairs = Axis.of(model.rope().dimensionCount() / 2);
    cosines = graph.input(ShardGraph.COSINES, ElementType.FLOAT32, Axis.named("positions"), pairs);
    sines = graph.input(ShardGraph.SINES, ElementType.FLOAT32, Axis.named("positions"), pairs);
    long queries = (long) model.headCount() * model.headDim();
    packedShape = graph.input(ShardGraph.PACKED_SHAPE, ElementType.INT64, Axis.of(3));
    flatShape = graph.constant(-1, queries);
  }

  Sum apply(int layer, Value normed, Value residual) {
    String name = "layer." + layer + ".attention";
    Value packed =
        projections.project(
            name + ".qkv",
            normed,
            List.of(
                checkpoint.tensor(TensorNames.layer(layer, "attn_q")),
                checkpoint.tensor(TensorNames.layer(layer, "attn_k")),
                checkpoint.tensor(TensorNames.layer(layer, "attn_v"))));
    Value batched = graph.apply(name + ".batched", Operator.RESHAPE, Map.of(), packed, packedShape);
    Value flat =
        graph.apply(
            name + ".flat", Operator.RESHAPE, Map.of(), attend(name, layer, batched), flatShape);
    return projections.projectOnto(
        name + ".output",
        flat,
        checkpoint.tensor(TensorNames.layer(layer, "attn_output")),
        residual);
  }

  private Value attend(String name, int layer, Value packed) {
    Axis[] cache = {
      Axis.named("slots"),
      Axis.of(model.kvHeadCount()),
      Axis.named("capacity"),
      Axis.of(model.headDim())
    };
    Value pastKeys = graph.input(ShardGraph.pastKeys(layer), ElementType.FLOAT32, cache);
    Value pastValues = graph.input(ShardGraph.pastValues(layer), ElementType.FLOAT32, cache);
    Value presentKeys = new Value(ShardGraph.presentKeys(layer));
    Value presentValues = new Value(ShardGraph.presentValues(layer));
    // GGUF permutes the query and key rows of this architecture so that the two halves of a rotated
    // pair are neighbours.
    Map<String, Object> attributes =
        Map.of(
            "num_heads",
            model.headCount(),
            "kv_num_heads",
            model.kvHeadCount(),
            "do_rotary",
            1,
            "rotary_interleaved",
            1);
    Value attended = new Value(name + ".attended");
    graph.apply(
        name,
        Operator.GROUP_QUERY_ATTENTION,
        attributes,
        List.of(attended, presentKeys, presentValues),
        packed,
        Value.ABSENT,
        Value.ABSENT,
        pastKeys,
        pastValues,
        lastPosition,
        totalLength,
        cosines,
        sines);
    graph.output(presentKeys, ElementType.FLOAT32, cache);
    graph.output(presentValues, ElementType.FLOAT32, cache);
    return attended;
  }
}
