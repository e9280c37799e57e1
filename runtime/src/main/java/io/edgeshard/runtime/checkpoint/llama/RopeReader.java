package io.edgeshard.runtime.checkpoint.llama;

import io.edgeshard.planner.model.RopeSpec;
import io.edgeshard.runtime.checkpoint.TensorType;
import io.edgeshard.runtime.checkpoint.gguf.GgufFile;
import io.edgeshard.runtime.checkpoint.gguf.GgufTensor;
import io.edgeshard.runtime.checkpoint.gguf.ModelFault;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads how a Llama-architecture model rotates positions. */
final class RopeReader {
  private static final float DEFAULT_BASE = 10_000;

  private final LlamaKeys keys;
  private final GgufFile gguf;
  private final ModelFault fault;

  RopeReader(LlamaKeys keys, GgufFile gguf) {
    this.keys = keys;
    this.gguf = gguf;
    this.fault = gguf.fault();
  }

  RopeSpec read(int headDim) {
    float base = keys.optionalPositive("rope.freq_base").orElse(DEFAULT_BASE);
    int dimensions = keys.optional("rope.dimension_count", Integer.MAX_VALUE).orElse(headDim);
    if (dimensions > headDim || dimensions % 2 != 0) {
      throw fault.damaged(
          "an even number of at most " + headDim + " as 'llama.rope.dimension_count'",
          String.valueOf(dimensions));
    }
    return new RopeSpec(base, dimensions, scaling(dimensions));
  }

  private RopeSpec.Scaling scaling(int dimensions) {
    float linear = linearFactor();
    GgufTensor factors = gguf.tensors().get(LlamaTensors.ROPE_FACTORS);
    if (factors != null) {
      return new RopeSpec.FactorScaling(factors(factors, dimensions / 2, linear));
    }
    return linear == 1 ? new RopeSpec.NoScaling() : new RopeSpec.LinearScaling(linear);
  }

  /** What divides every frequency; a file may give the factor without naming the type. */
  private float linearFactor() {
    String type = keys.string("rope.scaling.type").orElse("linear");
    if (type.equals("none")) {
      return 1;
    }
    if (!type.equals("linear")) {
      throw fault.unsupported(
          "RoPE scaling of type none or linear", "'" + type + "'", "take a model without it");
    }
    return keys.optionalPositive("rope.scaling.factor")
        .or(() -> keys.optionalPositive("rope.scale_linear"))
        .orElse(1f);
  }

  private List<Float> factors(GgufTensor tensor, int count, float linear) {
    String name = "'" + tensor.name() + "'";
    if (tensor.type() != TensorType.F32 || tensor.elementCount() != count) {
      throw fault.damaged(
          count + " elements of type F32 as " + name,
          tensor.elementCount() + " of type " + tensor.type());
    }
    FloatBuffer stored = gguf.slice(tensor).data().asFloatBuffer();
    List<Float> factors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      float factor = stored.get(i);
      if (!(factor > 0) || Float.isInfinite(factor)) {
        throw fault.damaged("factors above 0 as " + name, String.valueOf(factor));
      }
      factors.add(factor * linear);
    }
    return factors;
  }
}
