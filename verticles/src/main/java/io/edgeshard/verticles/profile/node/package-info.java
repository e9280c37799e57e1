/**
 * A node's side of profiling: measures itself and its links when asked, keeps the former on disk,
 * publishes both and takes them back when it leaves.
 *
 * <p>Asked by the placement of the node that serves clients. Measures itself on the shard's thread.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.profile.node;
