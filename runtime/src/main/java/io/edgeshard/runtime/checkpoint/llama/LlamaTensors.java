package io.edgeshard.runtime.checkpoint.llama;

/** The names that the tensors of a Llama-architecture model have in GGUF. */
final class LlamaTensors {
  static final String EMBEDDING = "token_embd.weight";
  static final String OUTPUT_NORM = "output_norm.weight";
  static final String OUTPUT = "output.weight";
  static final String ROPE_FACTORS = "rope_freqs.weight";

  private LlamaTensors() {}

  static String ofLayer(int layer, String part) {
    return "blk." + layer + "." + part + ".weight";
  }
}
