/**
 * How to cut without measurements: in proportion to memory, or as a person says. Each way is a
 * {@link io.edgeshard.planner.Planner}, and ways that measure speed would stand behind the same
 * door.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.partition;
