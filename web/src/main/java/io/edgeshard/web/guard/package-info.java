/**
 * Who may not come in and what may not take too long: foreign origins, slow or too many
 * connections, bodies that are no JSON. Everything here answers before a request is understood.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.guard;
