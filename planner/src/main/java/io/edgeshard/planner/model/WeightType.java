package io.edgeshard.planner.model;

import java.util.Locale;

/** How a node runs the weights of its layers. */
public enum WeightType {
  /** Weights as the file says, float32 arithmetic: the split says exactly what the whole says. */
  EXACT,
  /** Weights as the file says, integer arithmetic where the engine has it. */
  FAST,
  /** Weights expanded to float32 when loaded. */
  FLOAT32;

  /** The name used on the command line and on the wire, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The weight type of a {@link #label()}. */
  public static WeightType ofLabel(String label) {
    for (WeightType type : values()) {
      if (type.label().equals(label)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "expected a weight type of exact, fast or float32, found '" + label + "'");
  }
}
