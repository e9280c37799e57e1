/**
 * What the next step carries: which sequences' tokens and which part of whose prompt. Pure logic
 * without a clock, a thread or the bus; used by the source's pipeline.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.pipeline.schedule;
