/**
 * Which planner answers: by name, or by what is to be least or most; and the guard against a split
 * that is slower than a single node. {@link io.edgeshard.planner.choice.ObjectivePlanner} is the
 * planner that serves. Called by the command line and by {@code verticles.placement}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.choice;
