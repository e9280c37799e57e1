/**
 * What the plan in force gives beside what it was predicted to give, when that is to be measured
 * anew, and whether another plan is then worth moving layers for.
 *
 * <p>Plain logic that knows neither nodes nor the bus. Used by placement, on its event loop.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.placement.watch;
