package io.edgeshard.runtime.graph.onnx;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A constant tensor that a graph declares and that stays outside of its bytes.
 *
 * @param name unique in its graph
 * @param type of its elements
 * @param shape outermost axis first
 * @param use what the engine does with it when it loads
 * @param writer puts the values, little-endian, into a buffer of {@link #bytes()}
 */
public record Weight(String name, ElementType type, List<Long> shape, Use use, Writer writer) {
  public Weight {
    shape = List.copyOf(shape);
  }

  /** What the engine does with a weight when it loads. */
  public enum Use {
    /** Knows it as a constant and may read it in place: it must stay as long as the session. */
    CONSTANT,
    /** Makes a re-packed copy, on most processors, and reads only that. */
    PACKED,
    /** Reads it in place, kept from re-packing it: it must stay as long as the session. */
    IN_PLACE
  }

  /** Puts a weight's values into memory. */
  @FunctionalInterface
  public interface Writer {
    /** Fills the buffer from position 0 to its limit. */
    void write(ByteBuffer target);
  }

  /** How much memory the values take. */
  public long bytes() {
    return shape.stream().mapToLong(Long::longValue).reduce(type.bytes(), Math::multiplyExact);
  }
}
