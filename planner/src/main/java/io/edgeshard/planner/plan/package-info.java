/**
 * What a planner answers: which node runs which layers, what that is predicted to give, and why it
 * was chosen. Values only; {@link io.edgeshard.planner.plan.ShardPlan} is what is put in force,
 * {@link io.edgeshard.planner.plan.PlanExplanation} is what people are told.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.plan;
