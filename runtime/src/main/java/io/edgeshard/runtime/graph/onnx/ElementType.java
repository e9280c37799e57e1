package io.edgeshard.runtime.graph.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** What a tensor of the graph holds. */
public enum ElementType {
  FLOAT32(DataType.FLOAT, 4),
  UINT8(DataType.UINT8, 1),
  INT32(DataType.INT32, 4),
  INT64(DataType.INT64, 8);

  private final DataType dataType;
  private final int bytes;

  ElementType(DataType dataType, int bytes) {
    this.dataType = dataType;
    this.bytes = bytes;
  }

  /** Bytes of an element. */
  public int bytes() {
    return bytes;
  }

  int code() {
    return dataType.getNumber();
  }
}
