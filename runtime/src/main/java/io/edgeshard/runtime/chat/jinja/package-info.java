/**
 * The Jinja that chat templates are written in, run by jinjava: whitespace, values and methods as
 * Python has them, and nothing that reaches beyond the template. Templates come with models and are
 * not trusted. In: a template's text and variables; out: text. Knows nothing of chats.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.chat.jinja;
