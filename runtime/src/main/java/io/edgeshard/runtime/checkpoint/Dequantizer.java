package io.edgeshard.runtime.checkpoint;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Rows of a tensor as float32: exactly the numbers that its stored form stands for. */
public final class Dequantizer {
  private Dequantizer() {}

  /**
   * Appends rows {@code [start, end)} to the target, {@code float32 [rows, columns]}.
   *
   * @param target at least as many elements remain
   */
  public static void expand(TensorSlice tensor, int start, int end, FloatBuffer target) {
    TensorType type = tensor.type();
    long rowBytes = (long) tensor.columns() / type.blockElements() * type.blockBytes();
    int from = Math.toIntExact(start * rowBytes);
    int to = Math.toIntExact(end * rowBytes);
    ByteBuffer data = tensor.data();
    for (int at = from; at < to; at += type.blockBytes()) {
      switch (type) {
        case F32 -> target.put(data.getFloat(at));
        case F16 -> target.put(half(data, at));
        case BF16 -> target.put(Float.intBitsToFloat(data.getShort(at) << 16));
        case Q4_0 -> nibbles(data, at + 2, half(data, at), -8 * half(data, at), target);
        case Q4_1 -> nibbles(data, at + 4, half(data, at), half(data, at + 2), target);
        case Q8_0 -> bytes(data, at + 2, half(data, at), target);
      }
    }
  }

  /** The IEEE 754 half-precision number stored at an offset. */
  public static float half(ByteBuffer data, int offset) {
    int bits = data.getShort(offset);
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >>> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int widened = exponent == 0x1f ? 0xff : exponent + (127 - 15);
    return Float.intBitsToFloat(sign | (widened << 23) | (fraction << 13));
  }

  // A block holds elements 0 to 15 in the low nibbles and 16 to 31 in the high ones.
  private static void nibbles(
      ByteBuffer data, int quants, float scale, float minimum, FloatBuffer target) {
    for (int i = 0; i < 16; i++) {
      target.put(scale * (data.get(quants + i) & 0xf) + minimum);
    }
    for (int i = 0; i < 16; i++) {
      target.put(scale * ((data.get(quants + i) >>> 4) & 0xf) + minimum);
    }
  }

  private static void bytes(ByteBuffer data, int quants, float scale, FloatBuffer target) {
    for (int i = 0; i < 32; i++) {
      target.put(scale * data.get(quants + i));
    }
  }
}
