/**
 * The source's side of profiling: which node and which link is to be measured next, and what is
 * still missing.
 *
 * <p>Plain logic behind the port {@link io.edgeshard.verticles.profile.schedule.Measuring}. Used by
 * placement, on its event loop.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.profile.schedule;
