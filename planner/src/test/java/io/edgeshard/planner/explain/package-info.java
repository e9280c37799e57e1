/** Tests of what is said of plans. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.explain;
