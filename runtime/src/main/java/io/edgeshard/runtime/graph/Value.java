package io.edgeshard.runtime.graph;

/**
 * A tensor inside a graph under construction: an input, a weight, or what an operator gives.
 *
 * @param name unique in its graph; empty for an optional input that is left out
 */
record Value(String name) {
  static final Value ABSENT = new Value("");
}
