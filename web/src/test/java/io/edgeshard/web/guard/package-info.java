/**
 * Tests of who is turned away before a request is understood: foreign origins, slow or too many
 * connections.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.guard;
