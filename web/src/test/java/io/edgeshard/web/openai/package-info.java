/** Tests of the OpenAI dialect over HTTP: answers whole and streamed, and refusals. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.openai;
