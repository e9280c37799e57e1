/**
 * The plan in force, and its stages as the source speaks to them: room for a sequence, steps, its
 * release. Only {@link io.edgeshard.verticles.pipeline.plan.BusStageClient} knows the event bus.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.pipeline.plan;
