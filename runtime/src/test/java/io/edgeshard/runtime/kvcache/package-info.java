/** Proves that the arena keeps slots apart, counts and frees as promised. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.kvcache;
