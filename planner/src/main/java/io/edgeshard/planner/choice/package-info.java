/**
 * Which planner answers: by name, or by what is to be least or most; the guard against a split that
 * is slower than a single node, and the split for who wants one all the same. {@link
 * io.edgeshard.planner.choice.ObjectivePlanner} is the planner that serves. Called by the command
 * line and by {@code verticles.placement}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.choice;
