package io.edgeshard.runtime.graph;

/** What GGUF calls the tensors of a Llama-architecture model. */
public final class TensorNames {
  /** Rows by token id. */
  public static final String EMBEDDING = "token_embd.weight";

  /** The norm before the head. */
  public static final String FINAL_NORM = "output_norm.weight";

  /** The head's own rows; without it the embedding's are used. */
  public static final String HEAD = "output.weight";

  private TensorNames() {}

  static String layer(int layer, String part) {
    return "blk." + layer + "." + part + ".weight";
  }
}
