/** Tests of the model in one's own process, and of the page that shows it to developers. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.local;
