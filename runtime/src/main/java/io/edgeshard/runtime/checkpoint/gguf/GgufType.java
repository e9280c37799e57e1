package io.edgeshard.runtime.checkpoint.gguf;

import java.util.Locale;
import java.util.Optional;

/** What a metadata value of a GGUF file is; numbers are those of the format. */
enum GgufType {
  UINT8(1),
  INT8(1),
  UINT16(2),
  INT16(2),
  UINT32(4),
  INT32(4),
  FLOAT32(4),
  BOOL(1),
  STRING(0),
  ARRAY(0),
  UINT64(8),
  INT64(8),
  FLOAT64(8);

  private final int bytes;

  GgufType(int bytes) {
    this.bytes = bytes;
  }

  /** The type of a number in the file. */
  static Optional<GgufType> ofCode(long code) {
    return code < values().length ? Optional.of(values()[(int) code]) : Optional.empty();
  }

  /** Bytes of a value; 0 where each value says its own. */
  int bytes() {
    return bytes;
  }

  boolean isInteger() {
    return switch (this) {
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 -> true;
      case FLOAT32, FLOAT64, BOOL, STRING, ARRAY -> false;
    };
  }

  boolean isDecimal() {
    return this == FLOAT32 || this == FLOAT64;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
