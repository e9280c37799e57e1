/** Tests of the formulas for whole plans, against a simulation that knows none of them. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.cost;
