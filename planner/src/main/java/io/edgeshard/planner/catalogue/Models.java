package io.edgeshard.planner.catalogue;

import io.edgeshard.planner.model.ModelSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Models to plan for without their files: the paper's in float32, others as people usually load
 * them. For planning only: scaling of rotary frequencies is left out.
 */
public final class Models {
  private static final ModelShape LLAMA_2_7B =
      new ModelShape("Llama 2 7B", 32, 4096, 32, 32, 128, 11008, 32000, 4096, 1e4f, false);
  private static final ModelShape LLAMA_2_13B =
      new ModelShape("Llama 2 13B", 40, 5120, 40, 40, 128, 13824, 32000, 4096, 1e4f, false);
  private static final ModelShape LLAMA_2_70B =
      new ModelShape("Llama 2 70B", 80, 8192, 64, 8, 128, 28672, 32000, 4096, 1e4f, false);
  private static final ModelShape LLAMA_3_8B =
      new ModelShape("Llama 3 8B", 32, 4096, 32, 8, 128, 14336, 128256, 8192, 5e5f, false);
  private static final ModelShape LLAMA_3_70B =
      new ModelShape("Llama 3 70B", 80, 8192, 64, 8, 128, 28672, 128256, 8192, 5e5f, false);
  private static final ModelShape LLAMA_3_405B =
      new ModelShape("Llama 3.1 405B", 126, 16384, 128, 8, 128, 53248, 128256, 131072, 5e5f, false);
  private static final ModelShape LLAMA_32_1B =
      new ModelShape("Llama 3.2 1B", 16, 2048, 32, 8, 64, 8192, 128256, 131072, 5e5f, true);
  private static final ModelShape LLAMA_32_3B =
      new ModelShape("Llama 3.2 3B", 28, 3072, 24, 8, 128, 8192, 128256, 131072, 5e5f, true);
  private static final ModelShape MISTRAL_7B =
      new ModelShape("Mistral 7B", 32, 4096, 32, 8, 128, 14336, 32000, 32768, 1e6f, false);
  private static final ModelShape SMOLLM2_135M =
      new ModelShape("SmolLM2 135M", 30, 576, 9, 3, 64, 1536, 49152, 8192, 1e5f, true);
  private static final ModelShape SMOLLM2_360M =
      new ModelShape("SmolLM2 360M", 32, 960, 15, 5, 64, 2560, 49152, 8192, 1e5f, true);
  private static final ModelShape SMOLLM2_1700M =
      new ModelShape("SmolLM2 1.7B", 24, 2048, 32, 32, 64, 8192, 49152, 8192, 1.3e5f, true);

  private static final Map<String, ModelSpec> BY_NAME = byName();

  private Models() {}

  private static Map<String, ModelSpec> byName() {
    Map<String, ModelSpec> models = new LinkedHashMap<>();
    models.put("smollm2-135m", SMOLLM2_135M.as(WeightEncoding.Q4_1));
    models.put("smollm2-360m", SMOLLM2_360M.as(WeightEncoding.Q8_0));
    models.put("smollm2-1.7b", SMOLLM2_1700M.as(WeightEncoding.Q8_0));
    models.put("llama-3.2-1b", LLAMA_32_1B.as(WeightEncoding.Q8_0));
    models.put("llama-3.2-3b", LLAMA_32_3B.as(WeightEncoding.Q8_0));
    models.put("mistral-7b", MISTRAL_7B.as(WeightEncoding.Q4_0));
    models.put("llama-3-8b", LLAMA_3_8B.as(WeightEncoding.Q4_0));
    models.put("llama-3-8b-q8", LLAMA_3_8B.as(WeightEncoding.Q8_0));
    models.put("llama-3-70b", LLAMA_3_70B.as(WeightEncoding.Q4_0));
    models.put("llama-3-70b-q8", LLAMA_3_70B.as(WeightEncoding.Q8_0));
    models.put("llama-3.1-405b", LLAMA_3_405B.as(WeightEncoding.Q4_0));
    models.put("llama-2-7b", LLAMA_2_7B.as(WeightEncoding.F32));
    models.put("llama-2-13b", LLAMA_2_13B.as(WeightEncoding.F32));
    models.put("llama-2-70b", LLAMA_2_70B.as(WeightEncoding.F32));
    return models;
  }

  /** The model of that name, if there is one. */
  public static Optional<ModelSpec> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All names, small models first. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }
}
