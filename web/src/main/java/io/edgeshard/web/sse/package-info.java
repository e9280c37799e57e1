/** Server-sent events: framing, heartbeat, and patience with slow readers that has a limit. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.sse;
