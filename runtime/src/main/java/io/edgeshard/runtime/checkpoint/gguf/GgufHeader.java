package io.edgeshard.runtime.checkpoint.gguf;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a GGUF file says of itself before its weights begin.
 *
 * <p>Layout, little-endian: magic {@code GGUF}, version (4 bytes), tensor count and key count (8
 * each), then the keys (name, type, value), then the tensor table (name, dimensions innermost
 * first, type, offset), then padding up to the alignment, then the tensors' data. Versions 2 and 3
 * differ only in that 3 allows big-endian files.
 *
 * @param metadata the key-value pairs
 * @param tensors the tensor table by name, in the file's order
 * @param dataStartBytes where the tensors' data begins in the file
 */
record GgufHeader(GgufMetadata metadata, Map<String, GgufTensor> tensors, long dataStartBytes) {
  private static final long MAGIC = 0x46554747L;
  private static final long MAGIC_BIG_ENDIAN = 0x47475546L;

  /** Bounds far beyond any model, that keep what a lying header makes us remember small. */
  private static final int MAX_KEYS = 1 << 14;

  private static final int MAX_KEY_BYTES = 1 << 10;
  private static final int MAX_TENSORS = 1 << 16;

  private static final int DEFAULT_ALIGNMENT = 32;
  private static final int MIN_ALIGNMENT = 8;
  private static final int MAX_ALIGNMENT = 1 << 20;

  /**
   * Reads and checks a header.
   *
   * @param start the file from its first byte on, at least as much as the header takes
   * @param fileBytes the size of the whole file
   * @param metadataCheck may refuse the model before its tensor table is read
   */
  static GgufHeader read(
      ByteBuffer start, long fileBytes, ModelFault fault, Consumer<GgufMetadata> metadataCheck) {
    GgufCursor cursor = new GgufCursor(start, start.remaining() == fileBytes, fault);
    checkMagic(cursor, fault);
    int tensorCount = (int) cursor.uint64("a tensor count", MAX_TENSORS);
    int keyCount = (int) cursor.uint64("a key count", MAX_KEYS);
    GgufMetadata metadata = new GgufMetadata(readValues(cursor, keyCount, fault), fault);
    metadataCheck.accept(metadata);
    Map<String, GgufTensor> tensors = readTensors(cursor, tensorCount, fault);
    long alignment = alignment(metadata, fault);
    long dataStart = (cursor.position() + alignment - 1) / alignment * alignment;
    checkPlaces(tensors, alignment, fileBytes - dataStart, fault);
    return new GgufHeader(metadata, tensors, dataStart);
  }

  private static void checkMagic(GgufCursor cursor, ModelFault fault) {
    long magic = cursor.uint32("the mark 'GGUF'");
    if (magic == MAGIC_BIG_ENDIAN) {
      throw bigEndian(fault);
    }
    if (magic != MAGIC) {
      throw fault.unsupported(
          "a GGUF model, which begins with the bytes 'GGUF'",
          String.format("the bytes %08x", Integer.reverseBytes((int) magic)),
          "name a GGUF file");
    }
    long version = cursor.uint32("the version");
    if (version != 0 && (version & 0xFFFF) == 0) {
      throw bigEndian(fault);
    }
    if (version != 2 && version != 3) {
      throw fault.unsupported(
          "GGUF version 2 or 3", "version " + version, "convert the model again");
    }
  }

  private static RuntimeException bigEndian(ModelFault fault) {
    return fault.unsupported(
        "a little-endian GGUF model", "a big-endian one", "take the model for little-endian");
  }

  private static Map<String, GgufValue> readValues(GgufCursor cursor, int count, ModelFault fault) {
    Map<String, GgufValue> values = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String key = cursor.string("a key", MAX_KEY_BYTES);
      if (values.put(key, GgufValue.read(cursor, key, fault)) != null) {
        throw fault.damaged("each key once", "'" + key + "' twice");
      }
    }
    return values;
  }

  private static Map<String, GgufTensor> readTensors(
      GgufCursor cursor, int count, ModelFault fault) {
    GgufTensorReader reader = new GgufTensorReader(cursor, fault);
    Map<String, GgufTensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      GgufTensor tensor = reader.read();
      if (tensors.put(tensor.name(), tensor) != null) {
        throw fault.damaged("each tensor once", "'" + tensor.name() + "' twice");
      }
    }
    return tensors;
  }

  private static long alignment(GgufMetadata metadata, ModelFault fault) {
    long alignment = metadata.integer("general.alignment").orElse((long) DEFAULT_ALIGNMENT);
    if (alignment < MIN_ALIGNMENT || alignment > MAX_ALIGNMENT || Long.bitCount(alignment) != 1) {
      throw fault.damaged(
          "a power of two from "
              + MIN_ALIGNMENT
              + " to "
              + MAX_ALIGNMENT
              + " as 'general.alignment'",
          String.valueOf(alignment));
    }
    return alignment;
  }

  private static void checkPlaces(
      Map<String, GgufTensor> tensors, long alignment, long dataBytes, ModelFault fault) {
    List<GgufTensor> inOrder =
        tensors.values().stream()
            .sorted(Comparator.comparingLong(GgufTensor::offsetBytes))
            .toList();
    long free = 0;
    for (GgufTensor tensor : inOrder) {
      String name = "'" + tensor.name() + "'";
      if (tensor.offsetBytes() % alignment != 0) {
        throw fault.damaged(
            "an offset of " + name + " that " + alignment + " divides",
            String.valueOf(tensor.offsetBytes()));
      }
      if (tensor.offsetBytes() < free) {
        throw fault.damaged(
            "the data of " + name + " at offset " + free + " or later",
            "offset " + tensor.offsetBytes() + ", inside another tensor");
      }
      if (tensor.sizeBytes() > dataBytes - tensor.offsetBytes()) {
        throw fault.damaged(
            tensor.sizeBytes() + " bytes of " + name + " at offset " + tensor.offsetBytes(),
            Math.max(0, dataBytes) + " bytes of tensor data in all");
      }
      if (tensor.sizeBytes() > Integer.MAX_VALUE) {
        throw fault.unsupported(
            "tensors of less than 2 GiB each",
            tensor.sizeBytes() + " bytes of " + name,
            "take the model with smaller weights, Q8_0 or Q4_1");
      }
      free = tensor.endBytes();
    }
  }
}
