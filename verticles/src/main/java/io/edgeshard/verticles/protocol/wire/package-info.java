/**
 * The bytes of the protocol's messages, and the event bus codec that makes and reads them.
 *
 * <p>Nothing but {@link io.edgeshard.verticles.protocol.wire.ProtocolCodec} is used from outside.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.protocol.wire;
