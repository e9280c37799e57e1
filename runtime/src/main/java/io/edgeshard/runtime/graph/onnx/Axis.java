package io.edgeshard.runtime.graph.onnx;

/**
 * One axis of an input or output: of a size known now, or named and known at each step.
 *
 * @param name of a size known later, else empty
 * @param size when known, else 0
 */
public record Axis(String name, long size) {
  /** Of a size known at each step. */
  public static Axis named(String name) {
    return new Axis(name, 0);
  }

  /** Of a size known now. */
  public static Axis of(long size) {
    return new Axis("", size);
  }
}
