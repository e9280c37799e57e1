package io.edgeshard.runtime.checkpoint.gguf;

import io.edgeshard.runtime.checkpoint.TensorType;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads one entry of a GGUF file's tensor table. */
final class GgufTensorReader {
  private static final int MAX_NAME_BYTES = 256;
  private static final int MAX_DIMENSIONS = 4;

  /** Far beyond any tensor, and far below where a size in bytes overflows. */
  private static final long MAX_ELEMENTS = 1L << 48;

  /** Types that exist in the format and that this program cannot run, to call them by name. */
  private static final Map<Long, String> FOREIGN_TYPES =
      Map.ofEntries(
          Map.entry(6L, "Q5_0"),
          Map.entry(7L, "Q5_1"),
          Map.entry(9L, "Q8_1"),
          Map.entry(10L, "Q2_K"),
          Map.entry(11L, "Q3_K"),
          Map.entry(12L, "Q4_K"),
          Map.entry(13L, "Q5_K"),
          Map.entry(14L, "Q6_K"),
          Map.entry(15L, "Q8_K"),
          Map.entry(16L, "IQ2_XXS"),
          Map.entry(17L, "IQ2_XS"),
          Map.entry(18L, "IQ3_XXS"),
          Map.entry(19L, "IQ1_S"),
          Map.entry(20L, "IQ4_NL"),
          Map.entry(21L, "IQ3_S"),
          Map.entry(22L, "IQ2_S"),
          Map.entry(23L, "IQ4_XS"),
          Map.entry(24L, "I8"),
          Map.entry(25L, "I16"),
          Map.entry(26L, "I32"),
          Map.entry(27L, "I64"),
          Map.entry(28L, "F64"),
          Map.entry(29L, "IQ1_M"),
          Map.entry(34L, "TQ1_0"),
          Map.entry(35L, "TQ2_0"),
          Map.entry(39L, "MXFP4"));

  private final GgufCursor cursor;
  private final ModelFault fault;

  GgufTensorReader(GgufCursor cursor, ModelFault fault) {
    this.cursor = cursor;
    this.fault = fault;
  }

  GgufTensor read() {
    String name = cursor.string("a tensor's name", MAX_NAME_BYTES);
    long dimensions = cursor.uint32("the dimension count of '" + name + "'");
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw fault.damaged("1 to 4 dimensions of '" + name + "'", String.valueOf(dimensions));
    }
    int[] shape = new int[] {1, 1, 1, 1};
    for (int i = 0; i < dimensions; i++) {
      shape[i] = dimension(name);
    }
    TensorType type = type(name);
    long offset = cursor.uint64("an offset of '" + name + "'", Long.MAX_VALUE / 2);
    if (shape[2] != 1 || shape[3] != 1) {
      throw fault.unsupported(
          "a vector or a matrix as '" + name + "'",
          dimensions + " dimensions",
          "models with experts or convolutions cannot be run, take another one");
    }
    if (shape[0] % type.blockElements() != 0) {
      throw fault.damaged(
          "rows of '" + name + "' in whole blocks of " + type.blockElements() + " elements",
          shape[0] + " elements");
    }
    GgufTensor tensor = new GgufTensor(name, type, shape[1], shape[0], offset);
    if (tensor.elementCount() > MAX_ELEMENTS) {
      throw fault.damaged(
          "at most " + MAX_ELEMENTS + " elements of '" + name + "'", tensor.shape());
    }
    return tensor;
  }

  private int dimension(String name) {
    int length = (int) cursor.uint64("a dimension of '" + name + "'", Integer.MAX_VALUE);
    if (length == 0) {
      throw fault.damaged("a dimension of '" + name + "' above 0", "0");
    }
    return length;
  }

  private TensorType type(String name) {
    long code = cursor.uint32("the type of '" + name + "'");
    return Arrays.stream(TensorType.values())
        .filter(type -> type.code() == code)
        .findFirst()
        .orElseThrow(
            () ->
                fault.unsupported(
                    "tensors of type " + supportedTypes(),
                    FOREIGN_TYPES.getOrDefault(code, "unknown type " + code) + " as '" + name + "'",
                    "take the model in one of these types, or convert it"));
  }

  private static String supportedTypes() {
    return Arrays.stream(TensorType.values()).map(Enum::name).collect(Collectors.joining(", "));
  }
}
