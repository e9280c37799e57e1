/** The plan's routes, and {@link io.edgeshard.web.plan.ScriptedPlanSource} for all tests. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.plan;
