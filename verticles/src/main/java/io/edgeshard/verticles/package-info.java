/**
 * The node: where planner, runtime and web meet on the clustered event bus.
 *
 * <p>{@code Main} reads the command line; {@link io.edgeshard.verticles.Node} constructs and
 * deploys; nothing below uses this package. A token's way: {@code pipeline} (the source) sends
 * steps in {@code protocol} messages to {@code stage} verticles, the last of which answers the
 * source; {@code placement} decided which node is which stage, {@code membership} knows who is
 * here, {@code http} serves {@code web}'s router.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles;
