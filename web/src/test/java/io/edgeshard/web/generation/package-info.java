/**
 * A generator that says what a test tells it to, when it tells it to: what stands behind the port
 * in this module's tests.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.generation;
