/**
 * Who runs which layers: the door of the planner.
 *
 * <p>Owns the question ({@link io.edgeshard.planner.PlanningRequest}) and the answer ({@link
 * io.edgeshard.planner.PlanningResult}). The question is made of values from {@code model} (what is
 * split), {@code cluster} (onto what) and {@code goal} (what is wanted); the answer of values from
 * {@code plan}. {@code cost} says what a plan takes; the planners are in the packages beside it. A
 * pure function of its input: no clock, no I/O, no logger, no randomness; ties break by node id.
 * Must not import anything but the JDK. Called by {@code verticles.placement}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner;
