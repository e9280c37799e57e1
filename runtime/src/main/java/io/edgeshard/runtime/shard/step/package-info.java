/**
 * What a step reads and fills, bound to the graph by the names of {@link
 * io.edgeshard.runtime.graph.ShardGraph}: hidden states, lengths, rotation angles and result for
 * all sequences, the KV cache for each. Used by {@code shard} only, on the thread that runs it.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.shard.step;
