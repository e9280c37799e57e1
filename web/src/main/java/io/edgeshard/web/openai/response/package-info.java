/**
 * Writes answers of the OpenAI dialect: chunks, whole answers, usage, log-probabilities. {@link
 * io.edgeshard.web.openai.response.ChatFormat} and {@link
 * io.edgeshard.web.openai.response.CompletionFormat} are what {@code answer} calls; the records are
 * the JSON's shape.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.openai.response;
