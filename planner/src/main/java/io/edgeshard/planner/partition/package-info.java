/**
 * How to cut as a person says: a {@link io.edgeshard.planner.Planner} that knows no better, and the
 * stages it is put together from.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.partition;
