package io.edgeshard.runtime.graph;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.checkpoint.TensorType;
import io.edgeshard.runtime.fixture.TinyModel;
import io.edgeshard.runtime.fixture.gguf.RetypedCheckpoint;
import io.edgeshard.runtime.graph.onnx.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The form of the graphs; that they compute the right numbers is for the tests of shards. */
final class ShardGraphBuilderTest {
  @TempDir private Path folder;

  private ShardGraph build(TinyModel model, LayerRange layers, boolean hasHead, WeightType type) {
    try (Checkpoint checkpoint = Checkpoint.open(model.writeTo(folder))) {
      return ShardGraphBuilder.build(checkpoint, layers, hasHead, type);
    }
  }

  private ShardGraph grouped(int start, int end, boolean hasHead) {
    return build(TinyModel.grouped(), new LayerRange(start, end), hasHead, WeightType.EXACT);
  }

  private ShardGraph whole(TinyModel model, WeightType type) {
    return build(model, new LayerRange(0, model.layers()), true, type);
  }

  @Test
  void build_firstLayers_takeHiddenStatesAndGiveThem() {
    ParsedGraph graph = ParsedGraph.of(grouped(0, 2, false));
    assertLines(
        graph.inputs(),
        """
        hidden FLOAT [rows, 64]
        last_position INT32 [slots]
        total_length INT32 []
        cosines FLOAT [positions, 8]
        sines FLOAT [positions, 8]
        packed_shape INT64 [3]
        past_keys.0 FLOAT [slots, 2, capacity, 16]
        past_values.0 FLOAT [slots, 2, capacity, 16]
        past_keys.1 FLOAT [slots, 2, capacity, 16]
        past_values.1 FLOAT [slots, 2, capacity, 16]
        """);
    assertLines(
        graph.outputs(),
        """
        present_keys.0 FLOAT [slots, 2, capacity, 16]
        present_values.0 FLOAT [slots, 2, capacity, 16]
        present_keys.1 FLOAT [slots, 2, capacity, 16]
        present_values.1 FLOAT [slots, 2, capacity, 16]
        hidden_out FLOAT [rows, 64]
        """);
  }

  @Test
  void build_middleLayer_namesItsCacheByTheModelsLayer() {
    ParsedGraph graph = ParsedGraph.of(grouped(1, 2, false));
    assertThat(graph.inputs())
        .contains("hidden FLOAT [rows, 64]", "past_keys.1 FLOAT [slots, 2, capacity, 16]")
        .noneMatch(input -> input.startsWith("past_keys.0"));
    assertLines(
        graph.outputs(),
        """
        present_keys.1 FLOAT [slots, 2, capacity, 16]
        present_values.1 FLOAT [slots, 2, capacity, 16]
        hidden_out FLOAT [rows, 64]
        """);
  }

  @Test
  void build_lastLayerWithHead_givesLogitsOfTheRowsAskedFor() {
    ParsedGraph graph = ParsedGraph.of(grouped(2, 3, true));
    assertThat(graph.inputs()).hasSize(9).endsWith("logit_rows INT64 [wanted]");
    assertLines(
        graph.outputs(),
        """
        present_keys.2 FLOAT [slots, 2, capacity, 16]
        present_values.2 FLOAT [slots, 2, capacity, 16]
        logits FLOAT [wanted, %d]
        """
            .formatted(TinyModel.grouped().vocabulary().size()));
  }

  private static void assertLines(List<String> actual, String expected) {
    assertThat(actual).containsExactlyElementsOf(expected.lines().toList());
  }

  @Test
  void build_noLayers_needNothingOfASequence() {
    ParsedGraph passing = ParsedGraph.of(grouped(0, 0, false));
    assertThat(passing.inputs()).containsExactly("hidden FLOAT [rows, 64]");
    assertThat(passing.outputs()).containsExactly("hidden_out FLOAT [rows, 64]");
    assertThat(passing.operators()).isEqualTo(Map.of("Identity", 1L));
    ParsedGraph head = ParsedGraph.of(grouped(3, 3, true));
    assertThat(head.inputs())
        .containsExactly("hidden FLOAT [rows, 64]", "logit_rows INT64 [wanted]");
    assertThat(head.operators())
        .isEqualTo(Map.of("Gather", 1L, "SimplifiedLayerNormalization", 1L, "Gemm", 1L));
  }

  @Test
  void build_partialRope_takesAnglesOfTheRotatedPairsOnly() {
    assertThat(ParsedGraph.of(whole(TinyModel.partialRope(), WeightType.EXACT)).inputs())
        .contains("cosines FLOAT [positions, 8]", "past_keys.1 FLOAT [slots, 1, capacity, 32]");
  }

  static Stream<Arguments> modelsAndTypes() {
    return TinyModel.all().stream()
        .flatMap(model -> Stream.of(WeightType.values()).map(type -> arguments(model, type)));
  }

  @ParameterizedTest
  @MethodSource("modelsAndTypes")
  void build_anyModel_isWellFormedAndDeclaresItsWeights(TinyModel model, WeightType type) {
    ShardGraph shard = whole(model, type);
    ParsedGraph graph = ParsedGraph.of(shard);
    Set<String> known = new HashSet<>(Set.of(""));
    graph.proto().getInputList().stream().map(ValueInfoProto::getName).forEach(known::add);
    graph.proto().getInitializerList().stream().map(TensorProto::getName).forEach(known::add);
    for (NodeProto node : graph.proto().getNodeList()) {
      assertThat(known).as("before " + node.getName()).containsAll(node.getInputList());
      assertThat(known).as("before " + node.getName()).doesNotContainAnyElementsOf(outputs(node));
      known.addAll(node.getOutputList());
    }
    assertThat(known)
        .containsAll(graph.proto().getOutputList().stream().map(ValueInfoProto::getName).toList());
    assertThat(graph.externalShapes())
        .isEqualTo(shard.weights().stream().collect(toMap(Weight::name, Weight::shape)));
  }

  /** Results that have a name; one that is left out has none. */
  private static List<String> outputs(NodeProto node) {
    return node.getOutputList().stream().filter(name -> !name.isEmpty()).toList();
  }

  @Test
  void build_wholeModel_mergesProjectionsOfTheSameInputAndFusesSumsWithNorms() {
    assertThat(ParsedGraph.of(grouped(0, 3, true)).operators())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("SimplifiedLayerNormalization", 2L),
                Map.entry("SkipSimplifiedLayerNormalization", 5L),
                Map.entry("GroupQueryAttention", 3L),
                Map.entry("MatMulNBits", 12L),
                Map.entry("MatMul", 12L),
                Map.entry("Gemm", 13L),
                Map.entry("Reshape", 6L),
                Map.entry("Split", 3L),
                Map.entry("QuickGelu", 3L),
                Map.entry("Mul", 3L),
                Map.entry("Add", 1L),
                Map.entry("Gather", 1L)));
  }

  @Test
  void build_groupedAttention_namesItsHeads() {
    NodeProto attention = ParsedGraph.of(grouped(0, 1, false)).node("layer.0.attention");
    assertThat(ParsedGraph.integer(attention, "num_heads")).isEqualTo(4);
    assertThat(ParsedGraph.integer(attention, "kv_num_heads")).isEqualTo(2);
    assertThat(attention.getDomain()).isEqualTo("com.microsoft");
  }

  static Stream<Arguments> products() {
    String four = "MatMulNBits of 4 bits at level 0";
    String fastFour = "MatMulNBits of 4 bits at level 4";
    String fastEight = "MatMulNBits of 8 bits at level 4";
    return Stream.of(
        arguments(
            TinyModel.grouped(), WeightType.EXACT, Map.of(four, 12L, "Gemm", 13L, "MatMul", 12L)),
        arguments(
            TinyModel.grouped(),
            WeightType.FAST,
            Map.of(fastFour, 12L, fastEight, 1L, "Gemm", 12L, "MatMul", 12L)),
        arguments(TinyModel.grouped(), WeightType.FLOAT32, Map.of("Gemm", 13L)),
        arguments(TinyModel.fourBits(), WeightType.EXACT, Map.of(four, 21L)),
        arguments(TinyModel.fourBits(), WeightType.FAST, Map.of(fastFour, 21L)),
        arguments(TinyModel.fourBits(), WeightType.FLOAT32, Map.of("Gemm", 21L)),
        arguments(TinyModel.wideHeads(), WeightType.EXACT, Map.of("Gemm", 13L)),
        arguments(TinyModel.wideHeads(), WeightType.FAST, Map.of(fastEight, 13L)),
        arguments(TinyModel.floats(), WeightType.FAST, Map.of("Gemm", 21L)),
        arguments(TinyModel.oneLayer(), WeightType.FAST, Map.of("Gemm", 5L)),
        arguments(TinyModel.sentencePiece(), WeightType.EXACT, Map.of("Gemm", 13L)),
        arguments(
            TinyModel.longRows(),
            WeightType.EXACT,
            Map.of(four, 5L, "Gemm", 5L, "MatMul", 4L, "ReduceSum", 1L)));
  }

  @ParameterizedTest
  @MethodSource("products")
  void build_blocksOfEachType_areMultipliedAsTheyAre(
      TinyModel model, WeightType type, Map<String, Long> products) {
    assertThat(ParsedGraph.of(whole(model, type)).products()).isEqualTo(products);
  }

  @Test
  void build_offsets_areReadInPlaceAndOnesOfALengthAreShared() {
    ShardGraph shard = grouped(0, 1, false);
    assertThat(ParsedGraph.of(shard).weightInputs())
        .containsExactly(
            "layer.0.attention.qkv.offsets",
            "layer.0.attention.output.offsets",
            "layer.0.feedforward.gateup.offsets",
            "layer.0.feedforward.down.offsets");
    assertThat(shard.weights())
        .extracting(Weight::name)
        .filteredOn(name -> name.startsWith("ones."))
        .containsExactly("ones.64", "ones.128");
  }

  @Test
  void build_typesMixedInALayer_putsTheirResultsSideBySide() {
    Map<String, TensorType> types = Map.of("attn_v.weight", TensorType.Q4_0);
    try (Checkpoint checkpoint =
        new RetypedCheckpoint(Checkpoint.open(TinyModel.grouped().writeTo(folder)), types)) {
      ParsedGraph graph =
          ParsedGraph.of(
              ShardGraphBuilder.build(checkpoint, new LayerRange(0, 1), false, WeightType.EXACT));
      assertThat(graph.node("layer.0.attention.qkv").getInputList())
          .containsExactly("layer.0.attention.qkv.part0", "layer.0.attention.qkv.part1");
      assertThat(graph.operators()).containsEntry("Concat", 1L).containsEntry("MatMulNBits", 5L);
    }
  }

  @Test
  void build_headOfItsOwnOrTied_takesTheWeightsOfTheOneOrTheEmbedding() {
    assertHead(TinyModel.floats(), "output.weight");
    assertHead(TinyModel.partialRope(), "token_embd.weight");
  }

  private void assertHead(TinyModel model, String tensor) {
    try (Checkpoint checkpoint = Checkpoint.open(model.writeTo(folder))) {
      LayerRange none = new LayerRange(model.layers(), model.layers());
      ShardGraph shard = ShardGraphBuilder.build(checkpoint, none, true, WeightType.EXACT);
      assertThat(shard.weights())
          .extracting(Weight::name)
          .containsExactly("output_norm.weight", "logits.weight");
      Weight head = shard.weights().get(1);
      assertThat(head.shape())
          .containsExactly((long) model.vocabulary().size(), (long) model.hiddenSize());
      assertThat(written(head)).isEqualTo(checkpoint.tensor(tensor).data());
    }
  }

  @Test
  void build_mergedProjection_holdsRowsOfQueriesKeysAndValues() {
    TinyModel model = TinyModel.floats();
    try (Checkpoint checkpoint = Checkpoint.open(model.writeTo(folder))) {
      ShardGraph shard =
          ShardGraphBuilder.build(checkpoint, new LayerRange(1, 2), false, WeightType.EXACT);
      Weight merged =
          shard.weights().stream()
              .filter(weight -> weight.name().equals("layer.1.attention.qkv.weight"))
              .findFirst()
              .orElseThrow();
      assertThat(merged.shape()).containsExactly(96L + 48 + 48, 96L);
      ByteBuffer rows = ByteBuffer.allocate((int) merged.bytes());
      for (String part : List.of("attn_q", "attn_k", "attn_v")) {
        rows.put(checkpoint.tensor("blk.1." + part + ".weight").data().duplicate());
      }
      assertThat(written(merged)).isEqualTo(rows.flip());
    }
  }

  private static ByteBuffer written(Weight weight) {
    ByteBuffer buffer = ByteBuffer.allocate((int) weight.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    weight.writer().write(buffer);
    return buffer.clear();
  }
}
