package io.edgeshard.runtime.checkpoint.llama;

import io.edgeshard.runtime.checkpoint.TensorType;
import io.edgeshard.runtime.checkpoint.gguf.GgufFile;
import io.edgeshard.runtime.checkpoint.gguf.GgufTensor;
import io.edgeshard.runtime.checkpoint.gguf.ModelFault;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks that a file holds exactly the tensors that a Llama-architecture model of its sizes has. A
 * tensor too many is refused like a missing one: a bias that nobody adds is a wrong answer.
 */
final class LlamaTensorCheck {
  private final GgufFile gguf;
  private final LlamaShape shape;
  private final ModelFault fault;
  private final Set<String> known = new HashSet<>();

  LlamaTensorCheck(GgufFile gguf, LlamaShape shape) {
    this.gguf = gguf;
    this.shape = shape;
    this.fault = gguf.fault();
  }

  void check() {
    shape.outerTensors().forEach(this::require);
    for (int layer = 0; layer < shape.layerCount(); layer++) {
      shape.layerTensors(layer).forEach(this::require);
      // Rotation frequencies in old files, which are computed here from the metadata.
      known.add(LlamaTensors.ofLayer(layer, "attn_rot_embd"));
    }
    if (gguf.tensors().containsKey(LlamaTensors.OUTPUT)) {
      require(LlamaTensors.OUTPUT, shape.head());
    }
    known.add(LlamaTensors.ROPE_FACTORS);
    for (String name : gguf.tensors().keySet()) {
      if (!known.contains(name)) {
        throw fault.unsupported(
            "only the tensors of a plain Llama model",
            "'" + name + "' as well",
            "its answers would be wrong without it, take another model");
      }
    }
  }

  private void require(String name, LlamaShape.Expected expected) {
    known.add(name);
    GgufTensor tensor = gguf.tensors().get(name);
    if (tensor == null) {
      throw fault.damaged("a tensor named '" + name + "'", "none of that name");
    }
    if (tensor.rows() != expected.rows() || tensor.columns() != expected.columns()) {
      throw fault.damaged(
          "a shape of [" + expected.rows() + ", " + expected.columns() + "] of '" + name + "'",
          tensor.shape());
    }
    if (expected.rows() == 1 && name.endsWith("_norm.weight") && tensor.type() != TensorType.F32) {
      throw fault.unsupported(
          "norms of type F32", tensor.type() + " as '" + name + "'", "convert the model again");
    }
  }
}
