package io.edgeshard.runtime.checkpoint.llama;

import io.edgeshard.runtime.checkpoint.Metadata;
import io.edgeshard.runtime.checkpoint.gguf.ModelFault;

/**
 * Tells from a file's metadata alone whether it is a model that can be run here, so that somebody
 * with another architecture hears that, and not which of its tensors looked strange.
 */
public final class LlamaSupport {
  private LlamaSupport() {}

  /** Throws, saying what kind of model it is instead. */
  public static void check(Metadata metadata, ModelFault fault) {
    String architecture =
        metadata
            .string("general.architecture")
            .orElseThrow(() -> fault.damaged("the key 'general.architecture'", "none"));
    if (!architecture.equals(LlamaKeys.ARCHITECTURE)) {
      throw fault.unsupported(
          "a model of architecture 'llama'",
          "'" + architecture + "'",
          "take a SmolLM2, Llama 2, Llama 3 or Mistral model");
    }
    long parts = metadata.integer("split.count").orElse(1L);
    if (parts > 1) {
      throw fault.unsupported(
          "a model in one file",
          "one of " + parts + " parts",
          "join them with 'llama-gguf-split --merge'");
    }
    long experts = metadata.integer(LlamaKeys.full("expert_count")).orElse(0L);
    if (experts > 0) {
      throw fault.unsupported(
          "a model without experts", experts + " of them", "take a dense Llama model");
    }
  }
}
