/**
 * What is split: the facts of a model that shape its graph, its memory and its speed. Read from a
 * file by {@code runtime.checkpoint}; {@link io.edgeshard.planner.model.ModelSpec} is where to
 * begin.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.model;
