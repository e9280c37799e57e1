/**
 * How to cut without measurements: in proportion to memory, or as a person says. Planners by
 * measured speed stand behind the same {@link io.edgeshard.planner.Planner} door.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.partition;
