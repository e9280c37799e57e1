@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.protocol.wire;
