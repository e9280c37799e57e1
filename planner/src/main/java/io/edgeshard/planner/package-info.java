/**
 * Who runs which layers: the door of the planner.
 *
 * <p>Owns the question ({@link io.edgeshard.planner.PlanningRequest}), the answer ({@link
 * io.edgeshard.planner.PlanningResult}) and the values that both speak of: nodes, layer ranges,
 * plans. A pure function of its input: no clock, no I/O, no logger, no randomness; ties break by
 * node id. Must not import anything but the JDK. Called by {@code verticles.placement} on its event
 * loop, since a plan is arithmetic over a handful of nodes. A reader goes on to {@code partition}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner;
