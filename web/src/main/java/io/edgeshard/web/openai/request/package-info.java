/** Reads requests of the OpenAI dialect; what is wrong or not there is refused by name. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.openai.request;
