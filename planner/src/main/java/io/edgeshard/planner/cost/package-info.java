/**
 * What a plan costs, as pure arithmetic: {@link io.edgeshard.planner.cost.CostModel} times a stage
 * or a hop, {@link io.edgeshard.planner.cost.PlanPredictor} a whole plan, {@link
 * io.edgeshard.planner.cost.MemoryModel} adds up the memory of a share. Every planner, explanation
 * and report gets its figures here.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.cost;
