/** Writes answers of the OpenAI dialect: chunks, whole answers, usage, log-probabilities. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.openai.response;
