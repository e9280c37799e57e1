package io.edgeshard.runtime.checkpoint.llama;

import io.edgeshard.runtime.checkpoint.Metadata;
import io.edgeshard.runtime.checkpoint.gguf.ModelFault;
import java.util.Optional;

/** The metadata of a Llama-architecture model in GGUF, each value checked against its bounds. */
final class LlamaKeys {
  static final String ARCHITECTURE = "llama";

  private final Metadata metadata;
  private final ModelFault fault;

  LlamaKeys(Metadata metadata, ModelFault fault) {
    this.metadata = metadata;
    this.fault = fault;
  }

  /** An integer from 1 to {@code max} that must be there. */
  int required(String key, int max) {
    return optional(key, max).orElseThrow(() -> missing(key));
  }

  /** An integer from 1 to {@code max}, if the key is there. */
  Optional<Integer> optional(String key, int max) {
    return metadata.integer(full(key)).map(value -> checked(key, value, max));
  }

  /** An integer of any size, or 0 when the key is missing. */
  long count(String key) {
    return metadata.integer(full(key)).orElse(0L);
  }

  /** A finite number above 0 that must be there. */
  float requiredPositive(String key) {
    return optionalPositive(key).orElseThrow(() -> missing(key));
  }

  /** A finite number above 0, if the key is there. */
  Optional<Float> optionalPositive(String key) {
    return metadata.decimal(full(key)).map(value -> checkedPositive(key, value));
  }

  Optional<String> string(String key) {
    return metadata.string(full(key));
  }

  private int checked(String key, long value, int max) {
    if (value < 1 || value > max) {
      throw fault.damaged("1 to " + max + " as '" + full(key) + "'", String.valueOf(value));
    }
    return (int) value;
  }

  private float checkedPositive(String key, double value) {
    float narrowed = (float) value;
    if (!(narrowed > 0) || Float.isInfinite(narrowed)) {
      throw fault.damaged("a number above 0 as '" + full(key) + "'", String.valueOf(value));
    }
    return narrowed;
  }

  private RuntimeException missing(String key) {
    return fault.damaged("the key '" + full(key) + "'", "none");
  }

  static String full(String key) {
    return ARCHITECTURE + "." + key;
  }
}
