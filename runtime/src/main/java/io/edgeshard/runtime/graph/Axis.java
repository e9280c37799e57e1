package io.edgeshard.runtime.graph;

/**
 * One axis of an input or output: of a size known now, or named and known at each step.
 *
 * @param name of a size known later, else empty
 * @param size when known, else 0
 */
record Axis(String name, long size) {
  static Axis named(String name) {
    return new Axis(name, 0);
  }

  static Axis of(long size) {
    return new Axis("", size);
  }
}
