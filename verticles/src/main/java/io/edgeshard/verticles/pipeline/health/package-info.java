/**
 * Whether the stages of a plan are there and at work: probes, silence, how long a step may take.
 *
 * <p>Knows nodes and their answers to probes, not sequences. Used by the pipeline, on its event
 * loop.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.pipeline.health;
