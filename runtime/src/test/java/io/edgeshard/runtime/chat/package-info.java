/** Tests of chat templates: those of real models against the texts that Jinja gives. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.chat;
