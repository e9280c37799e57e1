package io.edgeshard.runtime.checkpoint.llama;

import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.checkpoint.TensorType;
import io.edgeshard.runtime.checkpoint.gguf.GgufTensor;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What the weights of a model's parts take, in the file and in memory.
 *
 * <p>A matrix is either expanded to float32 (4 bytes a weight), or kept as blocks of 32 weights as
 * ONNX Runtime packs them; its packed copy replaces what it was made from, so it counts once.
 * Integer arithmetic keeps the scales twice, packed and as they came, and a sum for each block:
 *
 * <pre>
 * file   a block of 32 in memory                          exact     fast
 * Q4_0   16 bytes of nibbles + float scale                20        28
 * Q4_1   16 bytes of nibbles + float scale + float offset 24        32
 * Q8_0   32 bytes + float scale                           expanded  44
 * F32, F16, BF16                                          expanded  expanded
 * </pre>
 *
 * A Q4_1 matrix of short rows has one of ones beside it, which adds up the blocks of what it meets.
 * Eight bits in float32 arithmetic are expanded because the packed operator is slow there. The
 * embedding is never loaded: rows are read from the mapped file, whose pages count as resident once
 * they were touched, all of them in the end.
 */
final class WeightBytes {
  /** The longest row that is added up by a matrix of ones. */
  private static final int SHORT_ROW = 2048;

  private WeightBytes() {}

  static PartWeights ofEmbedding(Map<String, GgufTensor> tensors) {
    long bytes = tensor(tensors, LlamaTensors.EMBEDDING).sizeBytes();
    return new PartWeights(bytes, bytes, bytes, bytes);
  }

  static PartWeights ofLayer(Map<String, GgufTensor> tensors, Collection<String> names) {
    return loaded(names.stream().map(name -> tensor(tensors, name)).toList());
  }

  /**
   * The final norm and the output head; a tied head is loaded beside the embedding's file pages.
   */
  static PartWeights ofHead(Map<String, GgufTensor> tensors) {
    boolean tied = !tensors.containsKey(LlamaTensors.OUTPUT);
    String matrix = tied ? LlamaTensors.EMBEDDING : LlamaTensors.OUTPUT;
    return loaded(List.of(tensor(tensors, LlamaTensors.OUTPUT_NORM), tensor(tensors, matrix)));
  }

  private static PartWeights loaded(List<GgufTensor> parts) {
    return new PartWeights(
        parts.stream().mapToLong(GgufTensor::sizeBytes).sum(),
        residentBytes(parts, WeightType.EXACT),
        residentBytes(parts, WeightType.FAST),
        residentBytes(parts, WeightType.FLOAT32));
  }

  private static long residentBytes(List<GgufTensor> parts, WeightType weightType) {
    return parts.stream().mapToLong(tensor -> residentBytes(tensor, weightType)).sum();
  }

  private static long residentBytes(GgufTensor tensor, WeightType weightType) {
    TensorType type = tensor.type();
    long blocks = tensor.elementCount() / type.blockElements();
    long expanded = tensor.elementCount() * Float.BYTES;
    if (weightType == WeightType.FLOAT32) {
      return expanded;
    }
    boolean fast = weightType == WeightType.FAST;
    return switch (type) {
      case Q4_0 -> blocks * (fast ? 28 : 20);
      case Q4_1 -> blocks * (fast ? 32 : 24) + onesBytes(tensor);
      case Q8_0 -> fast ? blocks * 44 : expanded;
      case F32, F16, BF16 -> expanded;
    };
  }

  private static long onesBytes(GgufTensor tensor) {
    long columns = tensor.columns();
    return columns > SHORT_ROW
        ? 0
        : columns * columns / tensor.type().blockElements() * Float.BYTES;
  }

  private static GgufTensor tensor(Map<String, GgufTensor> tensors, String name) {
    GgufTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("expected '" + name + "' to be checked, found it missing");
    }
    return tensor;
  }
}
