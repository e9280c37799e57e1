/** Tests of event streams: framing, heartbeat, slow readers and those that leave. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.answer;
