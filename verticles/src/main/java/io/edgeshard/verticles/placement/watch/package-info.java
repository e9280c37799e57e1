/**
 * What the plan in force gives beside what it was predicted to give, when that is to be measured
 * anew, and whether another plan is then worth moving layers for.
 *
 * <p>Plain logic without the bus: whom it has something to tell, it tells through a port. Used by
 * placement, on its event loop.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.placement.watch;
