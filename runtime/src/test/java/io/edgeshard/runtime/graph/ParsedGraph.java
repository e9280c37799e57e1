package io.edgeshard.runtime.graph;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A graph's bytes read back, in words that a test can compare. */
record ParsedGraph(GraphProto proto) {
  static ParsedGraph of(ShardGraph graph) {
    try {
      return new ParsedGraph(ModelProto.parseFrom(graph.onnx()).getGraph());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("expected ONNX bytes, found others", e);
    }
  }

  /** What must be given at each step, such as {@code hidden FLOAT [rows, 64]}. */
  List<String> inputs() {
    Set<String> initializers =
        proto.getInitializerList().stream().map(TensorProto::getName).collect(toSet());
    return proto.getInputList().stream()
        .filter(input -> !initializers.contains(input.getName()))
        .map(ParsedGraph::described)
        .toList();
  }

  /** Names of the weights that are declared as inputs too. */
  List<String> weightInputs() {
    List<String> names = proto.getInputList().stream().map(ValueInfoProto::getName).toList();
    return proto.getInitializerList().stream()
        .map(TensorProto::getName)
        .filter(names::contains)
        .toList();
  }

  List<String> outputs() {
    return proto.getOutputList().stream().map(ParsedGraph::described).toList();
  }

  private static String described(ValueInfoProto value) {
    TypeProto.Tensor tensor = value.getType().getTensorType();
    String shape =
        tensor.getShape().getDimList().stream()
            .map(
                axis ->
                    axis.getDimParam().isEmpty()
                        ? Long.toString(axis.getDimValue())
                        : axis.getDimParam())
            .collect(joining(", ", "[", "]"));
    return value.getName() + " " + DataType.forNumber(tensor.getElemType()) + " " + shape;
  }

  /** How often each operator is there. */
  Map<String, Long> operators() {
    return proto.getNodeList().stream()
        .collect(groupingBy(NodeProto::getOpType, TreeMap::new, counting()));
  }

  /** The operators that multiply matrices, quantised ones with their bits and accuracy level. */
  Map<String, Long> products() {
    Set<String> products = Set.of("Gemm", "MatMul", "MatMulNBits", "ReduceSum");
    return proto.getNodeList().stream()
        .filter(node -> products.contains(node.getOpType()))
        .collect(
            groupingBy(
                node ->
                    node.getOpType().equals("MatMulNBits")
                        ? "MatMulNBits of %d bits at level %d"
                            .formatted(integer(node, "bits"), integer(node, "accuracy_level"))
                        : node.getOpType(),
                TreeMap::new,
                counting()));
  }

  NodeProto node(String name) {
    return proto.getNodeList().stream()
        .filter(node -> node.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("expected an operator named " + name));
  }

  static long integer(NodeProto node, String attribute) {
    return node.getAttributeList().stream()
        .filter(candidate -> candidate.getName().equals(attribute))
        .mapToLong(AttributeProto::getI)
        .findFirst()
        .orElseThrow(() -> new AssertionError("expected an attribute " + attribute));
  }

  /** Shapes of the tensors that are kept outside of the bytes, by name. */
  Map<String, List<Long>> externalShapes() {
    return proto.getInitializerList().stream()
        .filter(tensor -> tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL)
        .collect(toMap(TensorProto::getName, TensorProto::getDimsList));
  }
}
