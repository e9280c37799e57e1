/**
 * The paper's experiments, computed again: its testbed made of catalogue devices, its methods and
 * ours on it. {@link io.edgeshard.planner.paper.Experiments} is where to begin; what the paper
 * printed is no part of it, it stands beside these figures in {@code verticles.report}. Pure
 * functions.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.paper;
