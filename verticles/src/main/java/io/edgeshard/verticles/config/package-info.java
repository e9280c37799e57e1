/**
 * What a node's process is to be, checked when it is made: the parts of it go to whoever needs
 * them.
 *
 * <p>Made by {@code local} from settings and facts of the machine; imports nothing of the node.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.config;
