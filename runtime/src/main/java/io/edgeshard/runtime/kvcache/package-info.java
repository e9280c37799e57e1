/**
 * What attention remembers: keys and values of each open sequence, in native memory and within a
 * budget of bytes. {@link io.edgeshard.runtime.kvcache.KvCache} promises and frees, a slot takes
 * memory as its sequence grows; {@code shard.step} binds it to the graph.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.kvcache;
