/**
 * What no plan can beat: every node pays its layers and its cheapest way in, and may take part in
 * pieces. {@link io.edgeshard.planner.throughput.relaxed.Relaxation} bounds batchings by that, says
 * which kinds of nodes could be of use, and gives plans that are near to it. Must not import {@code
 * planner.throughput}, its only caller.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.throughput.relaxed;
