package io.edgeshard.runtime.checkpoint.gguf;

import java.nio.ByteBuffer;

/**
 * A metadata value where it lies in the file, decoded when somebody asks: a vocabulary takes no
 * heap until a tokenizer is made of it.
 *
 * @param type of the elements
 * @param array whether it is an array (else a single element)
 * @param count how many elements
 * @param bytes the elements one after another; a string is its length in 8 bytes and its UTF-8
 */
record GgufValue(GgufType type, boolean array, int count, ByteBuffer bytes) {
  /** The most elements of an array: four times the vocabulary of any model there is, and more. */
  static final int MAX_ELEMENTS = 1 << 22;

  private static final int MAX_STRING_BYTES = 1 << 24;

  /** The value at the cursor. */
  static GgufValue read(GgufCursor cursor, String key, ModelFault fault) {
    GgufType type = readType(cursor, key, fault);
    if (type != GgufType.ARRAY) {
      return new GgufValue(type, false, 1, elements(cursor, key, type, 1));
    }
    GgufType elementType = readType(cursor, key, fault);
    if (elementType == GgufType.ARRAY) {
      throw fault.unsupported(
          "no array within an array",
          "one as '" + key + "'",
          "convert the model again without that key");
    }
    int count = (int) cursor.uint64("an element count of '" + key + "'", MAX_ELEMENTS);
    return new GgufValue(elementType, true, count, elements(cursor, key, elementType, count));
  }

  private static GgufType readType(GgufCursor cursor, String key, ModelFault fault) {
    long code = cursor.uint32("the type of '" + key + "'");
    return GgufType.ofCode(code)
        .orElseThrow(
            () -> fault.damaged("a value type of 0 to 12 for '" + key + "'", "type " + code));
  }

  private static ByteBuffer elements(GgufCursor cursor, String key, GgufType type, int count) {
    String what = "the value of '" + key + "'";
    if (type != GgufType.STRING) {
      return cursor.take((long) count * type.bytes(), what);
    }
    int start = cursor.position();
    String length = "a length of a string of '" + key + "'";
    for (int i = 0; i < count; i++) {
      cursor.skip(cursor.uint64(length, MAX_STRING_BYTES), what);
    }
    return cursor.since(start);
  }

  /** An element of an integer type; an unsigned one beyond {@code long} comes out negative. */
  long integerAt(int index) {
    int at = index * type.bytes();
    return switch (type) {
      case UINT8 -> Byte.toUnsignedLong(bytes.get(at));
      case INT8 -> bytes.get(at);
      case UINT16 -> Short.toUnsignedLong(bytes.getShort(at));
      case INT16 -> bytes.getShort(at);
      case UINT32 -> Integer.toUnsignedLong(bytes.getInt(at));
      case INT32 -> bytes.getInt(at);
      case UINT64, INT64 -> bytes.getLong(at);
      case FLOAT32, FLOAT64, BOOL, STRING, ARRAY ->
          throw new IllegalStateException("expected an integer type, found " + type);
    };
  }

  /** An element of a decimal type. */
  double decimalAt(int index) {
    return type == GgufType.FLOAT32
        ? bytes.getFloat(index * Float.BYTES)
        : bytes.getDouble(index * Double.BYTES);
  }

  /** What it is, for people. */
  String description() {
    return array ? "an array of " + count + " " + type : "a value of type " + type;
  }
}
