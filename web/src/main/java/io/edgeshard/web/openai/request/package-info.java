/**
 * Reads requests of the OpenAI dialect into what {@code generation} knows; what is wrong or not
 * there is refused by name. {@link io.edgeshard.web.openai.request.RequestReader} is where to
 * begin. Knows nothing of HTTP.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.openai.request;
