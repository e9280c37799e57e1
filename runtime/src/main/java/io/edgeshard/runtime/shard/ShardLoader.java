package io.edgeshard.runtime.shard;

import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.graph.ShardGraph;
import io.edgeshard.runtime.graph.ShardGraphBuilder;
import io.edgeshard.runtime.graph.TensorNames;
import io.edgeshard.runtime.session.ExecutionProvider;
import io.edgeshard.runtime.session.SessionSettings;
import io.edgeshard.runtime.session.ShardSession;
import java.nio.ByteOrder;

/** Makes shards: builds the graph, writes the weights, hands both to the engine. */
final class ShardLoader {
  private ShardLoader() {}

  static OnnxShard load(Checkpoint checkpoint, ShardSpec spec) {
    check(checkpoint.spec(), spec);
    try (OpenedParts parts = new OpenedParts()) {
      OnnxShard shard = loadAll(checkpoint, spec, parts);
      shard.releaseCopiedWeights();
      parts.keep();
      // The weights came from pages mapped from the file, which stay in memory until the collector
      // finds that nobody reads them any more: a node would seem to take half as much again.
      System.gc();
      return shard;
    }
  }

  private static OnnxShard loadAll(Checkpoint checkpoint, ShardSpec spec, OpenedParts parts) {
    ShardGraph graph =
        ShardGraphBuilder.build(checkpoint, spec.layers(), spec.hasHead(), spec.weightType());
    LoadedWeights weights = parts.add(LoadedWeights.write(graph.weights()));
    SessionSettings settings = new SessionSettings(spec.threads(), ExecutionProvider.CPU);
    ShardSession session = parts.add(ShardSession.load(graph.onnx(), weights.tensors(), settings));
    EmbeddingTable embedding =
        spec.hasEmbedding() ? new EmbeddingTable(checkpoint.tensor(TensorNames.EMBEDDING)) : null;
    OnnxShard shard = new OnnxShard(spec, checkpoint.spec(), embedding, session, weights);
    // From here on the shard closes them.
    parts.keep();
    return parts.add(shard);
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
