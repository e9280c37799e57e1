/**
 * This machine in its network: its name, its addresses as seen by others, its ports.
 *
 * <p>Asks the operating system; decides nothing about nodes. What the user wrote comes in, an
 * address or one sentence about what is wrong with it goes out.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.local.network;
