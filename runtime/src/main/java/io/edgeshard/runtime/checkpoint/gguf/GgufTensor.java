package io.edgeshard.runtime.checkpoint.gguf;

import io.edgeshard.runtime.checkpoint.TensorType;

/**
 * Where a tensor lies in a GGUF file.
 *
 * @param name as in the file
 * @param type how elements are stored
 * @param rows outer dimension: 1 for a vector
 * @param columns inner dimension
 * @param offsetBytes from the start of the tensor data
 */
public record GgufTensor(String name, TensorType type, int rows, int columns, long offsetBytes) {
  /** The size of its data; cannot overflow, since the reader bounds the element count. */
  public long sizeBytes() {
    return (long) rows * (columns / type.blockElements()) * type.blockBytes();
  }

  /** How many weights it holds. */
  public long elementCount() {
    return (long) rows * columns;
  }

  /** Where its data ends. */
  long endBytes() {
    return offsetBytes + sizeBytes();
  }

  /** Its shape as people write it: rows first. */
  public String shape() {
    return "[" + rows + ", " + columns + "]";
  }
}
