/**
 * Routes through nodes, in indices and prices that add up: which nodes, in which order, with how
 * many layers each, for the least sum within the room that each node has. {@link
 * io.edgeshard.planner.route.SubsetSearch} is exact for few nodes and layers that are alike, {@link
 * io.edgeshard.planner.route.LayerSearch} for everything, as far as its work is bounded. Knows
 * nothing of objectives; called by {@code planner.exact}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.route;
