package io.edgeshard.runtime.checkpoint.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A place in a GGUF header that moves on with each read and never past the end. Nothing is
 * allocated before the bytes it is made from are known to be there.
 */
final class GgufCursor {
  private final ByteBuffer bytes;
  private final boolean wholeFile;
  private final ModelFault fault;

  /**
   * @param bytes the file from its first byte on
   * @param wholeFile whether these are all of the file's bytes
   */
  GgufCursor(ByteBuffer bytes, boolean wholeFile, ModelFault fault) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.wholeFile = wholeFile;
    this.fault = fault;
  }

  int position() {
    return bytes.position();
  }

  /** An unsigned number of 4 bytes. */
  long uint32(String what) {
    require(Integer.BYTES, what);
    return Integer.toUnsignedLong(bytes.getInt());
  }

  /** An unsigned number of 8 bytes that may be at most {@code limit}. */
  long uint64(String what, long limit) {
    require(Long.BYTES, what);
    long value = bytes.getLong();
    if (Long.compareUnsigned(value, limit) > 0) {
      throw fault.damaged(
          what + " of at most " + limit, Long.toUnsignedString(value) + " at byte " + lastLong());
    }
    return value;
  }

  /** A string of at most {@code maxBytes} bytes. */
  String string(String what, int maxBytes) {
    int length = (int) uint64("a length of " + what, maxBytes);
    return utf8(take(length, what), what, fault);
  }

  /** The next bytes, as a view of their own. */
  ByteBuffer take(long count, String what) {
    int start = bytes.position();
    skip(count, what);
    return since(start);
  }

  /** Moves over the next bytes. */
  void skip(long count, String what) {
    require(count, what);
    bytes.position(bytes.position() + (int) count);
  }

  /** The bytes from an earlier place up to this one. */
  ByteBuffer since(int position) {
    return bytes.slice(position, bytes.position() - position).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The text that bytes mean, which must be UTF-8. */
  static String utf8(ByteBuffer text, String what, ModelFault fault) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(text.duplicate()).toString();
    } catch (CharacterCodingException e) {
      throw fault.damaged("UTF-8 as " + what, "bytes that are not");
    }
  }

  private int lastLong() {
    return bytes.position() - Long.BYTES;
  }

  private void require(long count, String what) {
    if (count <= bytes.remaining()) {
      return;
    }
    String wanted = count + " more bytes for " + what + " at byte " + bytes.position();
    if (wholeFile) {
      throw fault.damaged(wanted, "the end of the file after " + bytes.limit() + " bytes");
    }
    throw fault.damaged(
        wanted + " within a header of at most " + bytes.limit() + " bytes", "a longer header");
  }
}
