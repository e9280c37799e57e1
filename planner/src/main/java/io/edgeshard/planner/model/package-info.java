/** What is split: the facts of a model, read from its checkpoint by {@code runtime.checkpoint}. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.model;
