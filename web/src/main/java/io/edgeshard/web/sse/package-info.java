/**
 * Server-sent events: framing, heartbeat, and patience with slow readers that has a limit. {@link
 * io.edgeshard.web.sse.SseStream} is one response; {@code answer} and {@code status} write theirs
 * through it.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.sse;
