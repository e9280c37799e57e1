package io.edgeshard.runtime.checkpoint;

/** How a GGUF tensor stores its elements; numbers and block layouts are those of the format. */
public enum TensorType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q8_0(8, 32, 34),
  BF16(30, 1, 2);

  private final int code;
  private final int blockElements;
  private final int blockBytes;

  TensorType(int code, int blockElements, int blockBytes) {
    this.code = code;
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
  }

  /** The type's number in the file. */
  public int code() {
    return code;
  }

  /** Elements of a block. */
  public int blockElements() {
    return blockElements;
  }

  /** Bytes of a block. */
  public int blockBytes() {
    return blockBytes;
  }
}
