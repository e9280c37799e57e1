/** Tests of the planner for tokens per second, and of the formula it goes by. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.throughput;
