/**
 * What the plan in force gives: the times of its stages and hops as they were served, to stand
 * beside what was predicted.
 *
 * <p>Plain values and sums. Filled by the pipeline, on its event loop; read by placement and by
 * what shows the plan.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.pipeline.timing;
