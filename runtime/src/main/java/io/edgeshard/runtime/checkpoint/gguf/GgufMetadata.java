package io.edgeshard.runtime.checkpoint.gguf;

import io.edgeshard.runtime.checkpoint.Metadata;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The key-value pairs of a GGUF file. */
public final class GgufMetadata implements Metadata {
  private final Map<String, GgufValue> values;
  private final ModelFault fault;

  GgufMetadata(Map<String, GgufValue> values, ModelFault fault) {
    this.values = Map.copyOf(values);
    this.fault = fault;
  }

  @Override
  public Optional<String> string(String key) {
    return scalar(key, "a string", type -> type == GgufType.STRING)
        .map(value -> decodeStrings(key, value).get(0));
  }

  @Override
  public Optional<Long> integer(String key) {
    return scalar(key, "an integer", GgufType::isInteger)
        .map(value -> integerAt(key, value, 0, Long.MAX_VALUE));
  }

  @Override
  public Optional<Double> decimal(String key) {
    return scalar(key, "a decimal number", GgufType::isDecimal).map(value -> value.decimalAt(0));
  }

  @Override
  public Optional<Boolean> flag(String key) {
    return scalar(key, "a bool", type -> type == GgufType.BOOL)
        .map(value -> flagOf(key, value.bytes().get(0)));
  }

  @Override
  public Optional<List<String>> strings(String key) {
    return array(key, "an array of strings", type -> type == GgufType.STRING)
        .map(value -> decodeStrings(key, value));
  }

  @Override
  public Optional<int[]> integers(String key) {
    return array(key, "an array of integers", GgufType::isInteger)
        .map(value -> decodeIntegers(key, value));
  }

  @Override
  public Optional<float[]> decimals(String key) {
    return array(key, "an array of decimal numbers", GgufType::isDecimal)
        .map(GgufMetadata::decodeDecimals);
  }

  /** How many elements the array of that key has, without decoding them. */
  public Optional<Integer> elementCount(String key) {
    return array(key, "an array", type -> true).map(GgufValue::count);
  }

  private Optional<GgufValue> scalar(String key, String expected, Predicate<GgufType> type) {
    return find(key, expected, value -> !value.array() && type.test(value.type()));
  }

  private Optional<GgufValue> array(String key, String expected, Predicate<GgufType> type) {
    return find(key, expected, value -> value.array() && type.test(value.type()));
  }

  private Optional<GgufValue> find(String key, String expected, Predicate<GgufValue> fits) {
    Optional<GgufValue> value = Optional.ofNullable(values.get(key));
    if (value.isPresent() && !fits.test(value.get())) {
      throw fault.damaged(expected + " as '" + key + "'", value.get().description());
    }
    return value;
  }

  private boolean flagOf(String key, byte stored) {
    if (stored != 0 && stored != 1) {
      throw fault.damaged("0 or 1 as '" + key + "'", String.valueOf(Byte.toUnsignedInt(stored)));
    }
    return stored == 1;
  }

  private long integerAt(String key, GgufValue value, int index, long max) {
    long stored = value.integerAt(index);
    boolean overflown = value.type() == GgufType.UINT64 && stored < 0;
    if (overflown || stored > max || stored < -max - 1) {
      String found = overflown ? Long.toUnsignedString(stored) : String.valueOf(stored);
      throw fault.damaged("at most " + max + " as '" + key + "'", found);
    }
    return stored;
  }

  private int[] decodeIntegers(String key, GgufValue value) {
    int[] decoded = new int[value.count()];
    for (int i = 0; i < decoded.length; i++) {
      decoded[i] = (int) integerAt(key, value, i, Integer.MAX_VALUE);
    }
    return decoded;
  }

  private static float[] decodeDecimals(GgufValue value) {
    float[] decoded = new float[value.count()];
    for (int i = 0; i < decoded.length; i++) {
      decoded[i] = (float) value.decimalAt(i);
    }
    return decoded;
  }

  private List<String> decodeStrings(String key, GgufValue value) {
    ByteBuffer bytes = value.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<String> decoded = new ArrayList<>(value.count());
    for (int i = 0; i < value.count(); i++) {
      int length = (int) bytes.getLong();
      ByteBuffer text = bytes.slice(bytes.position(), length);
      bytes.position(bytes.position() + length);
      decoded.add(GgufCursor.utf8(text, "'" + key + "'", fault));
    }
    return List.copyOf(decoded);
  }
}
