/** How to cut as a person says: a {@link io.edgeshard.planner.Planner} that knows no better. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.partition;
