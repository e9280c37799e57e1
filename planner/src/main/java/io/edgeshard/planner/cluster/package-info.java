/** Onto what a model is split: what each node says of itself. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.cluster;
