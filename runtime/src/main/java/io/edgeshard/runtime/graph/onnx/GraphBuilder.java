package io.edgeshard.runtime.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One ONNX graph under construction: hands out values, keeps operators in order of execution. */
public final class GraphBuilder {
  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("shard");
  private final Map<String, Weight> weights = new LinkedHashMap<>();
  private int constants;

  /** Declares an input. */
  public Value input(String name, ElementType type, Axis... shape) {
    graph.addInput(valueInfo(name, type, shape));
    return new Value(name);
  }

  /** Makes a value an output under the value's own name. */
  public void output(Value value, ElementType type, Axis... shape) {
    graph.addOutput(valueInfo(value.name(), type, shape));
  }

  /** Declares a weight; one that several operators use is declared once. */
  public Value weight(Weight weight) {
    if (weights.putIfAbsent(weight.name(), weight) == null) {
      TensorProto.Builder tensor =
          TensorProto.newBuilder()
              .setName(weight.name())
              .setDataType(weight.type().code())
              .setDataLocation(TensorProto.DataLocation.EXTERNAL)
              .addExternalData(
                  StringStringEntryProto.newBuilder().setKey("location").setValue("weights"));
      weight.shape().forEach(tensor::addDims);
      graph.addInitializer(tensor);
      if (weight.use() == Weight.Use.IN_PLACE) {
        // An initializer that is an input as well could be overridden, so the engine does not
        // re-pack it. A small matrix that meets a single row is read faster as it is.
        Axis[] shape = weight.shape().stream().map(Axis::of).toArray(Axis[]::new);
        graph.addInput(valueInfo(weight.name(), weight.type(), shape));
      }
    }
    return new Value(weight.name());
  }

  /** A small vector of integers inside the graph. */
  public Value constant(long... elements) {
    String name = "constant." + constants++;
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(ElementType.INT64.code())
            .addDims(elements.length);
    for (long element : elements) {
      tensor.addInt64Data(element);
    }
    graph.addInitializer(tensor);
    return new Value(name);
  }

  /** Applies an operator that gives one value. */
  public Value apply(
      String name, Operator operator, Map<String, Object> attributes, Value... inputs) {
    return apply(name, operator, attributes, 1, inputs).get(0);
  }

  /** Applies an operator that gives several values, named {@code name.0}, {@code name.1}, … */
  public List<Value> apply(
      String name,
      Operator operator,
      Map<String, Object> attributes,
      int outputs,
      Value... inputs) {
    List<Value> results =
        outputs == 1
            ? List.of(new Value(name))
            : IntStream.range(0, outputs).mapToObj(i -> new Value(name + "." + i)).toList();
    return apply(name, operator, attributes, results, inputs);
  }

  /** Applies an operator whose results have the names given. */
  public List<Value> apply(
      String name,
      Operator operator,
      Map<String, Object> attributes,
      List<Value> results,
      Value... inputs) {
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setName(name)
            .setOpType(operator.type())
            .setDomain(operator.domain());
    for (Value input : inputs) {
      node.addInput(input.name());
    }
    results.forEach(result -> node.addOutput(result.name()));
    attributes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> node.addAttribute(attribute(entry.getKey(), entry.getValue())));
    graph.addNode(node);
    return results;
  }

  /** The weights declared, in the order of their first use. */
  public List<Weight> weights() {
    return new ArrayList<>(weights.values());
  }

  /** The graph as ONNX bytes. */
  public byte[] build() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("EdgeShard")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(Operator.CONTRIB).setVersion(1))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Float number) {
      return attribute.setType(AttributeType.FLOAT).setF(number).build();
    }
    if (value instanceof Number number) {
      return attribute.setType(AttributeType.INT).setI(number.longValue()).build();
    }
    throw new IllegalArgumentException(
        "expected a number for attribute " + name + ", found " + value);
  }

  private static ValueInfoProto valueInfo(String name, ElementType type, Axis... shape) {
    TensorShapeProto.Builder axes = TensorShapeProto.newBuilder();
    for (Axis axis : shape) {
      TensorShapeProto.Dimension.Builder dimension = axes.addDimBuilder();
      if (axis.name().isEmpty()) {
        dimension.setDimValue(axis.size());
      } else {
        dimension.setDimParam(axis.name());
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.code()).setShape(axes)))
        .build();
  }
}
