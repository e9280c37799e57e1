@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.partition;
