/**
 * Routes through many nodes, more than subsets can be counted of: a lower bound that treats the
 * ways between nodes as charges of single nodes, routes found by exchange, and nodes ruled out
 * because no route with them can be better. Often so few are left that the answer is exact; else
 * the gap is known. {@link io.edgeshard.planner.wide.WideSearch} is the door, called by {@code
 * planner.exact}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.wide;
