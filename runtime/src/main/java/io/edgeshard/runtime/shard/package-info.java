/**
 * One shard, ready to run: decoder layers {@code [start, end)} with their weights and KV cache, the
 * embedding on the first, the output head on the last.
 *
 * <p>In: token ids or hidden states {@code float32 [rows, hidden]}; out: hidden states or logits
 * {@code float32 [rows, vocabulary]}. {@link io.edgeshard.runtime.shard.ShardLoader} puts one
 * together and {@link io.edgeshard.runtime.shard.OnnxShard} runs it over the tensors of {@code
 * shard.step}. One thread at a time calls a shard.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.shard;
