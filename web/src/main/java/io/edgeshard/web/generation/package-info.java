/** The port: what web asks of whoever makes tokens. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.generation;
