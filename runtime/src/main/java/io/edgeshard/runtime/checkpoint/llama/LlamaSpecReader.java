package io.edgeshard.runtime.checkpoint.llama;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.RopeSpec;
import io.edgeshard.runtime.checkpoint.gguf.GgufFile;
import io.edgeshard.runtime.checkpoint.gguf.GgufTensor;
import io.edgeshard.runtime.checkpoint.gguf.ModelFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the facts of a Llama-architecture model from a GGUF header and checks its tensors. */
public final class LlamaSpecReader {
  private static final int MAX_LAYERS = 1 << 12;
  private static final int MAX_WIDTH = 1 << 20;
  private static final int MAX_HEADS = 1 << 12;
  private static final int MAX_CONTEXT = 1 << 28;

  private final GgufFile gguf;
  private final ModelFault fault;
  private final LlamaKeys keys;

  private LlamaSpecReader(GgufFile gguf) {
    this.gguf = gguf;
    this.fault = gguf.fault();
    this.keys = new LlamaKeys(gguf.metadata(), fault);
  }

  /**
   * The facts of the model.
   *
   * @throws io.edgeshard.runtime.ModelException when one is missing or does not fit the others
   */
  public static ModelSpec read(GgufFile gguf) {
    return new LlamaSpecReader(gguf).read();
  }

  private ModelSpec read() {
    LlamaShape shape = shape();
    new LlamaTensorCheck(gguf, shape).check();
    RopeSpec rope = new RopeReader(keys, gguf).read(shape.headDim());
    return new ModelSpec(
        nameOf(gguf.path()),
        LlamaKeys.ARCHITECTURE,
        shape.hiddenSize(),
        shape.headCount(),
        shape.kvHeadCount(),
        shape.headDim(),
        shape.feedForwardSize(),
        shape.vocabularySize(),
        contextLength(),
        keys.requiredPositive("attention.layer_norm_rms_epsilon"),
        rope,
        !gguf.tensors().containsKey(LlamaTensors.OUTPUT),
        WeightBytes.ofEmbedding(gguf.tensors()),
        layerWeights(shape),
        WeightBytes.ofHead(gguf.tensors()));
  }

  /**
   * The file's name without its ending: what people chose it by. The name in its metadata is often
   * that of a training run, and the same for all of its quantizations.
   */
  private static String nameOf(Path file) {
    return file.getFileName().toString().replaceFirst("(?i)\\.gguf$", "");
  }

  private LlamaShape shape() {
    int hiddenSize = keys.required("embedding_length", MAX_WIDTH);
    int headCount = keys.required("attention.head_count", MAX_HEADS);
    int kvHeadCount = keys.optional("attention.head_count_kv", MAX_HEADS).orElse(headCount);
    if (headCount % kvHeadCount != 0) {
      throw fault.damaged(
          "a head count that the key and value heads divide",
          headCount + " heads and " + kvHeadCount + " key and value heads");
    }
    return new LlamaShape(
        keys.required("block_count", MAX_LAYERS),
        hiddenSize,
        headCount,
        kvHeadCount,
        headDim(hiddenSize, headCount),
        keys.required("feed_forward_length", MAX_WIDTH),
        vocabularySize());
  }

  private int headDim(int hiddenSize, int headCount) {
    int headDim =
        keys.optional("attention.key_length", MAX_WIDTH)
            .orElseGet(() -> dividedHeadDim(hiddenSize, headCount));
    int valueDim = keys.optional("attention.value_length", MAX_WIDTH).orElse(headDim);
    if (valueDim != headDim) {
      throw fault.unsupported(
          "keys and values of one length",
          "keys of " + headDim + " and values of " + valueDim,
          "take another model");
    }
    return headDim;
  }

  private int dividedHeadDim(int hiddenSize, int headCount) {
    if (hiddenSize % headCount != 0) {
      throw fault.damaged(
          "a hidden size that " + headCount + " heads divide", String.valueOf(hiddenSize));
    }
    return hiddenSize / headCount;
  }

  private int vocabularySize() {
    GgufTensor embedding = gguf.tensors().get(LlamaTensors.EMBEDDING);
    if (embedding == null) {
      throw fault.damaged("a tensor named '" + LlamaTensors.EMBEDDING + "'", "none of that name");
    }
    int rows = embedding.rows();
    int tokens = gguf.metadata().elementCount("tokenizer.ggml.tokens").orElse(rows);
    if (tokens != rows) {
      throw fault.damaged(
          "as many tokens in 'tokenizer.ggml.tokens' as '" + LlamaTensors.EMBEDDING + "' has rows",
          tokens + " tokens and " + rows + " rows");
    }
    return rows;
  }

  private int contextLength() {
    int trained = keys.required("context_length", MAX_CONTEXT);
    // Up to the window's length, a sliding window and full attention are the same.
    long window = keys.count("attention.sliding_window");
    return window > 0 ? (int) Math.min(trained, window) : trained;
  }

  private List<PartWeights> layerWeights(LlamaShape shape) {
    List<PartWeights> layers = new ArrayList<>();
    for (int layer = 0; layer < shape.layerCount(); layer++) {
      Set<String> names = shape.layerTensors(layer).keySet();
      layers.add(WeightBytes.ofLayer(gguf.tensors(), names));
    }
    return layers;
  }
}
