/** Chat messages to prompt text, by the checkpoint's own template. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.chat;
