/**
 * What a plan costs, as pure arithmetic over the model's facts: the memory of each node, item by
 * item. {@link io.edgeshard.planner.cost.MemoryModel} is where to begin; the planners of {@code
 * planner.partition} ask it whether a share fits.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.cost;
