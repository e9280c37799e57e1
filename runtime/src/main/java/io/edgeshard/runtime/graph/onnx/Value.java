package io.edgeshard.runtime.graph.onnx;

/**
 * A tensor inside a graph under construction: an input, a weight, or what an operator gives.
 *
 * @param name unique in its graph; empty for an optional input that is left out
 */
public record Value(String name) {
  /** An optional input that is left out. */
  public static final Value ABSENT = new Value("");
}
