/**
 * What a placement is to bring about, and what it asks planners for that.
 *
 * <p>Values without a thread of their own; knows the planner's types, and nothing of the bus.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.placement.task;
