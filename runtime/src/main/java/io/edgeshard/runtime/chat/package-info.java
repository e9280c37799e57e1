/**
 * Chat messages to prompt text, by the template that the checkpoint brings. {@link
 * io.edgeshard.runtime.chat.ChatTemplate} is where to begin; the language of templates is run by
 * {@code chat.jinja}, and the text goes on to {@code tokenizer}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.chat;
