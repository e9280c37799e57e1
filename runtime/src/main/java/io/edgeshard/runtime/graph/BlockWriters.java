package io.edgeshard.runtime.graph;

import io.edgeshard.runtime.checkpoint.Dequantizer;
import io.edgeshard.runtime.checkpoint.TensorSlice;
import io.edgeshard.runtime.checkpoint.TensorType;
import io.edgeshard.runtime.graph.onnx.Weight;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Writers that turn a checkpoint's tensors, rows below each other, into what the operators read.
 *
 * <p>A quantised block is taken apart, its numbers are not touched: the quants go to {@code
 * MatMulNBits}, the scales beside them, and where a block has a minimum, {@code w = d·q + m}, the
 * part that {@code MatMulNBits} with its zero point of 8 leaves open, {@code m + 8·d}, becomes an
 * offset for each block: {@code w = d·(q - 8) + (m + 8·d)}.
 */
final class BlockWriters {
  private static final long LOW_NIBBLES = 0x0f0f0f0f0f0f0f0fL;

  private BlockWriters() {}

  /** {@code float32 [rows, columns]}. */
  static Weight.Writer expanded(List<TensorSlice> tensors) {
    return target -> {
      FloatBuffer floats = target.asFloatBuffer();
      for (TensorSlice tensor : tensors) {
        Dequantizer.expand(tensor, 0, tensor.rows(), floats);
      }
    };
  }

  /** {@code uint8 [rows, columns / 32, 16 or 32]}: neighbours share a byte, or one byte each. */
  static Weight.Writer quants(List<TensorSlice> tensors) {
    return target -> {
      for (TensorSlice tensor : tensors) {
        boolean eightBits = tensor.type() == TensorType.Q8_0;
        int header = tensor.type().blockBytes() - (eightBits ? 32 : 16);
        eachBlock(
            tensor,
            (data, block, index) -> {
              if (eightBits) {
                putUnsignedBytes(data, block + header, target);
              } else {
                putNeighbours(
                    data.getLong(block + header), data.getLong(block + header + 8), target);
              }
            });
      }
    };
  }

  /** {@code float32 [rows, columns / 32]}: the scale of each block. */
  static Weight.Writer scales(List<TensorSlice> tensors) {
    return target ->
        tensors.forEach(
            tensor ->
                eachBlock(
                    tensor,
                    (data, block, index) -> target.putFloat(Dequantizer.half(data, block))));
  }

  /** {@code float32 [columns / 32, rows]}: what each element of a block is above its quant. */
  static Weight.Writer offsets(List<TensorSlice> tensors) {
    int allRows = tensors.stream().mapToInt(TensorSlice::rows).sum();
    return target -> {
      int firstRow = 0;
      for (TensorSlice tensor : tensors) {
        int at = firstRow;
        int blocks = tensor.columns() / tensor.type().blockElements();
        eachBlock(
            tensor,
            (data, block, index) ->
                target.putFloat(
                    Float.BYTES * (index % blocks * allRows + at + index / blocks),
                    Dequantizer.half(data, block + 2) + 8 * Dequantizer.half(data, block)));
        firstRow += tensor.rows();
      }
    };
  }

  /** {@code float32 [columns, columns / block]}: what adds up the elements of each block. */
  static Weight.Writer ones(long columns, int block) {
    return target -> {
      for (int column = 0; column < columns; column++) {
        for (int sum = 0; sum < columns / block; sum++) {
          target.putFloat(sum == column / block ? 1 : 0);
        }
      }
    };
  }

  private interface BlockVisitor {
    void visit(ByteBuffer data, int block, int index);
  }

  private static void eachBlock(TensorSlice tensor, BlockVisitor visitor) {
    ByteBuffer data = tensor.data();
    int index = 0;
    for (int block = 0; block < data.limit(); block += tensor.type().blockBytes()) {
      visitor.visit(data, block, index++);
    }
  }

  // A signed byte with its sign bit turned is the same number above 128.
  private static void putUnsignedBytes(ByteBuffer data, int quants, ByteBuffer target) {
    for (int i = 0; i < 32; i += 8) {
      target.putLong(data.getLong(quants + i) ^ 0x8080808080808080L);
    }
  }

  private static void putNeighbours(long first, long second, ByteBuffer target) {
    target.putInt(pairs(first & LOW_NIBBLES));
    target.putInt(pairs(second & LOW_NIBBLES));
    target.putInt(pairs((first >>> 4) & LOW_NIBBLES));
    target.putInt(pairs((second >>> 4) & LOW_NIBBLES));
  }

  // Eight bytes that hold a nibble each become four that hold two, the earlier one low.
  private static int pairs(long nibbles) {
    long bytes = (nibbles | (nibbles >>> 4)) & 0x00ff00ff00ff00ffL;
    long shorts = (bytes | (bytes >>> 8)) & 0x0000ffff0000ffffL;
    return (int) (shorts | (shorts >>> 16));
  }
}
