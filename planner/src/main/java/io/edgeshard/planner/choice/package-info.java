/**
 * Which planner answers: by name, or by what is to be least or most. Called by the command line and
 * by {@code verticles.placement}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.choice;
