package io.edgeshard.runtime.shard;

import io.edgeshard.planner.LayerRange;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.graph.ShardGraph;
import io.edgeshard.runtime.graph.ShardGraphBuilder;
import io.edgeshard.runtime.graph.TensorNames;
import io.edgeshard.runtime.graph.Weight;
import io.edgeshard.runtime.session.BoundTensor;
import io.edgeshard.runtime.session.ExecutionProvider;
import io.edgeshard.runtime.session.SessionSettings;
import io.edgeshard.runtime.session.ShardSession;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Makes shards: builds the graph, writes the weights, hands both to the engine. */
final class ShardLoader {
  private ShardLoader() {}

  static OnnxShard load(Checkpoint checkpoint, ShardSpec spec) {
    check(checkpoint.spec(), spec);
    ShardGraph graph =
        ShardGraphBuilder.build(checkpoint, spec.layers(), spec.hasHead(), spec.weightType());
    LoadedWeights kept = LoadedWeights.write(graph.weights(), Weight.Use.IN_PLACE);
    try {
      ShardSession session =
          load(graph, kept, new SessionSettings(spec.threads(), ExecutionProvider.CPU));
      EmbeddingTable embedding =
          spec.hasEmbedding() ? new EmbeddingTable(checkpoint.tensor(TensorNames.EMBEDDING)) : null;
      return new OnnxShard(spec, checkpoint.spec(), embedding, session, kept);
    } catch (RuntimeException e) {
      kept.close();
      throw e;
    }
  }

  private static ShardSession load(ShardGraph graph, LoadedWeights kept, SessionSettings settings) {
    try (LoadedWeights packed = LoadedWeights.write(graph.weights(), Weight.Use.PACKED)) {
      Map<String, BoundTensor> weights = new HashMap<>(kept.tensors());
      weights.putAll(packed.tensors());
      return ShardSession.load(graph.onnx(), weights, settings);
    }
  }

  private static void check(ModelSpec model, ShardSpec spec) {
    LayerRange layers = spec.layers();
    if (layers.end() > model.layerCount()) {
      throw new ModelException("expected layers within " + model.allLayers() + ", found " + layers);
    }
    if (spec.hasEmbedding() && layers.start() != 0) {
      throw new ModelException(
          "expected the embedding before layer 0, found it before layers " + layers);
    }
    if (spec.hasHead() && layers.end() != model.layerCount()) {
      throw new ModelException(
          "expected the head after layer " + model.layerCount() + ", found it after " + layers);
    }
    if (model.headDim() % 8 != 0) {
      throw new ModelException(
          "expected a head dimension that 8 divides, found "
              + model.headDim()
              + "; ONNX Runtime's attention cannot run this model");
    }
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new ModelException("expected a little-endian processor, found a big-endian one");
    }
  }
}
