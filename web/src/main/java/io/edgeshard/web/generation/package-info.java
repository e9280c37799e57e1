/**
 * The port: what web asks of whoever makes tokens, and what it is told while they come. {@link
 * io.edgeshard.web.generation.TextGenerator} is where to begin; {@code verticles.pipeline} stands
 * behind it, in tests a scripted one.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.generation;
