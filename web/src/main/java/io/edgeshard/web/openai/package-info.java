/** The OpenAI dialect: its routes, from JSON to {@code answer} and back. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.openai;
