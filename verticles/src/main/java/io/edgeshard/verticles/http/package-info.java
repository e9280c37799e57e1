/** Serves {@code web}'s router on the first node. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.http;
