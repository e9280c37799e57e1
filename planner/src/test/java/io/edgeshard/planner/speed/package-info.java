/** How fast planners are, measured with JMH by {@code scripts/bench.sh planner}; no tests. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.speed;
