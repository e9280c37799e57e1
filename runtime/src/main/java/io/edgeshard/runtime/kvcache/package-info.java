/**
 * What attention remembers: keys and values of the sequences in a shard's slots, in native memory.
 * {@link io.edgeshard.runtime.kvcache.KvArena} owns it and counts tokens; {@code shard.step} binds
 * it to the graph.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.kvcache;
