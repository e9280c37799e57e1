/**
 * What is wanted of a plan: what it must be able to serve, what a usual request looks like, what is
 * to be least or most, and what it must keep to. Values only.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.goal;
