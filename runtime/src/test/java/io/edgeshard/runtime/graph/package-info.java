/** Proves that graphs have the form they should. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.graph;
