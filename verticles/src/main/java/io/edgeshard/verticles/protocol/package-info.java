/**
 * What nodes say to each other: every message, its bytes ({@code wire}), every address.
 *
 * <p>Owns the wire format. In and out: immutable records of one sealed family; nothing else is ever
 * deserialised from the network. No other module sees an address, a codec or a {@code Message}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.protocol;
