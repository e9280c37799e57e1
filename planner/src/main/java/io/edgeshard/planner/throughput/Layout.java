package io.edgeshard.planner.throughput;

import io.edgeshard.planner.cost.RoundTimes;

/**
 * An order of kinds of nodes and a number of layers for each.
 *
 * @param kinds the kind of each stage's node; the source's first
 * @param layers of each stage
 * @param times what a micro-batch needs for its next token
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed after it was made
record Layout(int[] kinds, int[] layers, RoundTimes times) {}
