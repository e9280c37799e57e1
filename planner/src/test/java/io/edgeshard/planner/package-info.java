/** Models of given sizes for the tests of planners; those are in {@code planner.partition}. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner;
