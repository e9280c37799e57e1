/** What a plan costs: memory, item by item. Pure arithmetic over the model's facts. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.cost;
