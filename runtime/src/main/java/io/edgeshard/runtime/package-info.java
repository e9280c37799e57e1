/**
 * Runs layers of a model on this machine.
 *
 * <p>A token's way: {@code chat} and {@code tokenizer} turn messages into ids; {@code checkpoint}
 * and {@code graph} made the shard; {@code shard} takes ids or hidden states to hidden states or
 * logits; {@code sampling} picks the next id; {@code tokenizer} turns it back into text. Knows
 * nothing of Vert.x, clusters or HTTP.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime;
