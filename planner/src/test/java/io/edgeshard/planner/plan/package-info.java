/** Tests of plans and what is said of them. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.plan;
