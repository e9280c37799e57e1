/**
 * Tests with clients that people use, the OpenAI library and LangChain4j, against a server whose
 * tokens are scripted.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.clients;
