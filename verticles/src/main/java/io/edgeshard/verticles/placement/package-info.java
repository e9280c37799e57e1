/**
 * Who does what: asks the planner, lets every node load its share, checks the whole, puts the plan
 * in force, and takes it out when a node of it is gone.
 *
 * <p>Runs on the first node, on the event loop of {@link
 * io.edgeshard.verticles.placement.PlacementVerticle}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.placement;
