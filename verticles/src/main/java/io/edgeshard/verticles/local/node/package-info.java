/**
 * The door to a node: how one is started, what it offers once at work, why it could not be.
 *
 * <p>Implemented above, where the node's verticles are known; {@code local} knows this door only.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.local.node;
