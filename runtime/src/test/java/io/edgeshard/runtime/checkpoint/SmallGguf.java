package io.edgeshard.runtime.checkpoint;

import io.edgeshard.runtime.fixture.gguf.GgufWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The smallest sound model, without a tokenizer, part by part: a test replaces or leaves out the
 * one that it is about.
 */
public final class SmallGguf {
  static final int WIDTH = 32;
  static final int TOKENS = 4;

  private final Map<String, Consumer<GgufWriter>> parts = new LinkedHashMap<>();

  public SmallGguf() {
    string("general.architecture", "llama");
    string("general.name", "other");
    for (String key : List.of("block_count", "attention.head_count", "attention.head_count_kv")) {
      uint32("llama." + key, 1);
    }
    uint32("llama.context_length", 64);
    uint32("llama.embedding_length", WIDTH);
    uint32("llama.feed_forward_length", WIDTH);
    with(
        "llama.attention.layer_norm_rms_epsilon",
        gguf -> gguf.float32("llama.attention.layer_norm_rms_epsilon", 1e-5f));
    tensor("token_embd.weight", TensorType.Q8_0, TOKENS, WIDTH);
    for (String norm : List.of("blk.0.attn_norm", "blk.0.ffn_norm", "output_norm")) {
      tensor(norm + ".weight", TensorType.F32, 1, WIDTH);
    }
    for (String matrix : List.of("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate")) {
      tensor("blk.0." + matrix + ".weight", TensorType.Q4_0, WIDTH, WIDTH);
    }
    tensor("blk.0.ffn_up.weight", TensorType.Q4_1, WIDTH, WIDTH);
    tensor("blk.0.ffn_down.weight", TensorType.F16, WIDTH, WIDTH);
  }

  /** Adds a part, or replaces the one of that name in its place. */
  public SmallGguf with(String part, Consumer<GgufWriter> writer) {
    parts.put(part, writer);
    return this;
  }

  public SmallGguf without(String part) {
    parts.remove(part);
    return this;
  }

  public SmallGguf string(String key, String value) {
    return with(key, gguf -> gguf.string(key, value));
  }

  public SmallGguf uint32(String key, long value) {
    return with(key, gguf -> gguf.uint32(key, value));
  }

  public SmallGguf float32(String key, float value) {
    return with(key, gguf -> gguf.float32(key, value));
  }

  public SmallGguf tensor(String name, TensorType type, int rows, int columns) {
    return with(name, gguf -> gguf.tensor(name, type, rows, columns, new float[rows * columns]));
  }

  public GgufWriter writer() {
    return writerOver(new GgufWriter());
  }

  /** Adds all parts to a file that is begun. */
  public GgufWriter writerOver(GgufWriter gguf) {
    parts.values().forEach(part -> part.accept(gguf));
    return gguf;
  }

  public Path write(Path folder) {
    return writer().write(folder.resolve("small.gguf"));
  }
}
