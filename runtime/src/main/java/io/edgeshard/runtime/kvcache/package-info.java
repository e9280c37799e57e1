/** What attention remembers: keys and values of each sequence, within a budget of bytes. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.kvcache;
