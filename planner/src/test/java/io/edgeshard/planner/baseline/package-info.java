/** Tests of the paper's baselines: their shares, and their out-of-memory cells. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.baseline;
