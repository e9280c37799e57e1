/**
 * The exact memory-aware planner: among all plans that keep to memory and constraints the one with
 * the least time or energy of one sequence, with a proof, or the best found with its distance from
 * a proven bound. {@link io.edgeshard.planner.exact.ExactSearch} is the door: it turns a question
 * into prices, from {@code planner.cost} alone, and lets {@code planner.route} find the routes.
 * Called by {@code planner.choice}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.exact;
