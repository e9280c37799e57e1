/** Proves that caches grow, count and free as promised. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.kvcache;
