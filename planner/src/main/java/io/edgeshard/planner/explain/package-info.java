/**
 * Why a plan is as it is, for any plan of any planner: what it is predicted to give, why each node
 * that it does not use is left out, how far it may be from the best, and what the best single node
 * would give. Where there is no plan: what is missing, and the least change that would make one.
 * Decides nothing itself. {@link io.edgeshard.planner.explain.Explainer} is where to begin; called
 * by every planner.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.explain;
