package io.edgeshard.runtime.graph;

import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.checkpoint.TensorSlice;
import io.edgeshard.runtime.checkpoint.TensorType;
import io.edgeshard.runtime.graph.onnx.ElementType;
import io.edgeshard.runtime.graph.onnx.GraphBuilder;
import io.edgeshard.runtime.graph.onnx.Operator;
import io.edgeshard.runtime.graph.onnx.Value;
import io.edgeshard.runtime.graph.onnx.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Linear maps {@code y = x·Wᵀ} of two-dimensional activations, each as the operators that compute
 * the checkpoint's own numbers.
 *
 * <p>Blocks with a scale are {@code MatMulNBits}. Blocks with an offset as well (Q4_1) add {@code
 * blockSums(x)·Cᵀ}, where C holds the offsets and a block sum adds up the activations that meet one
 * block. What is not quantised, or would be slow (8 bits in float arithmetic), is a float32 matrix.
 */
final class Projections {
  private static final int BLOCK = 32;
  private static final int SHORT_ROW = 2048;
  private static final int INTEGER_ARITHMETIC = 4;

  private final GraphBuilder graph;
  private final WeightType weightType;

  Projections(GraphBuilder graph, WeightType weightType) {
    this.graph = graph;
    this.weightType = weightType;
  }

  /** Several maps of the same input, their results side by side. */
  Value project(String name, Value x, List<TensorSlice> tensors) {
    List<List<TensorSlice>> groups = sameForm(tensors);
    if (groups.size() == 1) {
      return projectGroup(name, x, tensors);
    }
    List<Value> parts = new ArrayList<>();
    for (List<TensorSlice> group : groups) {
      parts.add(projectGroup(name + ".part" + parts.size(), x, group));
    }
    return graph.apply(name, Operator.CONCAT, Map.of("axis", 1), parts.toArray(Value[]::new));
  }

  /** One map whose result is added to a residual. */
  Sum projectOnto(String name, Value x, TensorSlice tensor, Value residual) {
    List<TensorSlice> tensors = List.of(tensor);
    if (form(tensor) == Form.FLOAT32) {
      return new Sum(expanded(name, x, tensors), residual);
    }
    Value product = quantised(name, x, tensors);
    return form(tensor) == Form.FOUR_BITS_WITH_OFFSET
        ? new Sum(product, offsets(name, name + ".offset", x, tensors, residual))
        : new Sum(product, residual);
  }

  private enum Form {
    FLOAT32,
    FOUR_BITS,
    FOUR_BITS_WITH_OFFSET,
    EIGHT_BITS
  }

  private Form form(TensorSlice tensor) {
    if (weightType == WeightType.FLOAT32) {
      return Form.FLOAT32;
    }
    return switch (tensor.type()) {
      case F32, F16, BF16 -> Form.FLOAT32;
      case Q4_0 -> Form.FOUR_BITS;
      case Q4_1 -> Form.FOUR_BITS_WITH_OFFSET;
      case Q8_0 -> weightType == WeightType.FAST ? Form.EIGHT_BITS : Form.FLOAT32;
    };
  }

  private List<List<TensorSlice>> sameForm(List<TensorSlice> tensors) {
    List<List<TensorSlice>> groups = new ArrayList<>();
    TensorType last = null;
    for (TensorSlice tensor : tensors) {
      boolean joins =
          last != null
              && (tensor.type() == last
                  || (form(tensor) == Form.FLOAT32
                      && form(groups.get(groups.size() - 1).get(0)) == Form.FLOAT32));
      if (!joins) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(tensor);
      last = tensor.type();
    }
    return groups;
  }

  private Value projectGroup(String name, Value x, List<TensorSlice> tensors) {
    return switch (form(tensors.get(0))) {
      case FLOAT32 -> expanded(name, x, tensors);
      case FOUR_BITS, EIGHT_BITS -> quantised(name, x, tensors);
      case FOUR_BITS_WITH_OFFSET ->
          offsets(name, name, x, tensors, quantised(name + ".product", x, tensors));
    };
  }

  private Value expanded(String name, Value x, List<TensorSlice> tensors) {
    Value weight =
        graph.weight(
            new Weight(
                name + ".weight",
                ElementType.FLOAT32,
                List.of(rows(tensors), columns(tensors)),
                Weight.Use.PACKED,
                BlockWriters.expanded(tensors)));
    return graph.apply(name, Operator.GEMM, Map.of("transB", 1), x, weight);
  }

  private Value quantised(String name, Value x, List<TensorSlice> tensors) {
    int bits = tensors.get(0).type() == TensorType.Q8_0 ? 8 : 4;
    long rows = rows(tensors);
    long columns = columns(tensors);
    Value quants =
        graph.weight(
            new Weight(
                name + ".quants",
                ElementType.UINT8,
                List.of(rows, columns / BLOCK, (long) BLOCK * bits / 8),
                Weight.Use.PACKED,
                BlockWriters.quants(tensors)));
    Value scales =
        graph.weight(
            new Weight(
                name + ".scales",
                ElementType.FLOAT32,
                List.of(rows, columns / BLOCK),
                Weight.Use.CONSTANT,
                BlockWriters.scales(tensors)));
    Map<String, Object> attributes =
        Map.of(
            "K", columns,
            "N", rows,
            "bits", bits,
            "block_size", BLOCK,
            "accuracy_level", weightType == WeightType.FAST ? INTEGER_ARITHMETIC : 0);
    return graph.apply(name, Operator.MAT_MUL_N_BITS, attributes, x, quants, scales);
  }

  private Value offsets(
      String name, String result, Value x, List<TensorSlice> tensors, Value addend) {
    long blocks = columns(tensors) / BLOCK;
    Value weight =
        graph.weight(
            new Weight(
                name + ".offsets",
                ElementType.FLOAT32,
                List.of(blocks, rows(tensors)),
                Weight.Use.IN_PLACE,
                BlockWriters.offsets(tensors)));
    Value sums = blockSums(name + ".sums", x, columns(tensors));
    return graph.apply(result, Operator.GEMM, Map.of(), sums, weight, addend);
  }

  // A product with a matrix of ones is the quicker sum of a short row, but its matrix, which the
  // engine copies for each use, grows with the square of the row.
  private Value blockSums(String name, Value x, long columns) {
    long blocks = columns / BLOCK;
    if (columns > SHORT_ROW) {
      Value shape = graph.constant(-1, blocks, BLOCK);
      Value split = graph.apply(name + ".blocks", Operator.RESHAPE, Map.of(), x, shape);
      return graph.apply(
          name, Operator.REDUCE_SUM, Map.of("keepdims", 0), split, graph.constant(2));
    }
    Value ones =
        graph.weight(
            new Weight(
                "ones." + columns,
                ElementType.FLOAT32,
                List.of(columns, blocks),
                Weight.Use.PACKED,
                BlockWriters.ones(columns, BLOCK)));
    return graph.apply(name, Operator.MAT_MUL, Map.of(), x, ones);
  }

  private static long rows(List<TensorSlice> tensors) {
    return tensors.stream().mapToLong(TensorSlice::rows).sum();
  }

  private static long columns(List<TensorSlice> tensors) {
    return tensors.get(0).columns();
  }
}
