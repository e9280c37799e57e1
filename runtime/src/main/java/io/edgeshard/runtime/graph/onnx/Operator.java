package io.edgeshard.runtime.graph.onnx;

/** The operators that decoder layers are made of; names and domains are ONNX Runtime's. */
public enum Operator {
  ADD("Add", ""),
  CONCAT("Concat", ""),
  GATHER("Gather", ""),
  GEMM("Gemm", ""),
  IDENTITY("Identity", ""),
  MAT_MUL("MatMul", ""),
  MUL("Mul", ""),
  REDUCE_SUM("ReduceSum", ""),
  RESHAPE("Reshape", ""),
  SPLIT("Split", ""),
  RMS_NORM("SimplifiedLayerNormalization", ""),
  SKIP_RMS_NORM("SkipSimplifiedLayerNormalization", Operator.CONTRIB),
  MAT_MUL_N_BITS("MatMulNBits", Operator.CONTRIB),
  QUICK_GELU("QuickGelu", Operator.CONTRIB),
  GROUP_QUERY_ATTENTION("GroupQueryAttention", Operator.CONTRIB);

  /** The domain of ONNX Runtime's own operators. */
  static final String CONTRIB = "com.microsoft";

  private final String type;
  private final String domain;

  Operator(String type, String domain) {
    this.type = type;
    this.domain = domain;
  }

  String type() {
    return type;
  }

  String domain() {
    return domain;
  }
}
