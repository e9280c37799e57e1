/** Tests of the planner that serves: what it says of plans, and of questions without one. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.choice;
