/**
 * What nodes measured of themselves and their links, as it is shared, and put together for the
 * planner.
 *
 * <p>Values, pure functions, and the two maps. Values are made by {@code node}, gathered by {@code
 * schedule}, read by placement and by what shows the plan.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.profile;
