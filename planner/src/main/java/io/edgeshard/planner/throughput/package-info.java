/**
 * The planner for most tokens per second, in which batch, KV cache and micro-batches in flight
 * count. Its insight: decoder layers take alike, and every boundary carries the same bytes, so that
 * a plan is an order of nodes and a number of layers for each. {@link
 * io.edgeshard.planner.throughput.ThroughputPlanner} is the door.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.throughput;
