/**
 * Tests of planners: every layer once and in order, memory respected, and a reason where nothing
 * fits.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.partition;
