/** Tests of reading requests: defaults, limits, and the name of what is wrong. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.openai.request;
