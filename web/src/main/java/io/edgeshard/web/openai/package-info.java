/**
 * The OpenAI dialect: its routes, which take a request from JSON to {@code answer} and the answer
 * back. What a request may say is in {@code openai.request}, what an answer looks like in {@code
 * openai.response}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.openai;
