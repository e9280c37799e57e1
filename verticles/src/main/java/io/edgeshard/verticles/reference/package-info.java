/**
 * What the unsplit model answers to a fixed prompt: computed once on this machine, range of layers
 * by range where the whole does not fit, and kept on disk.
 *
 * <p>Knows the runtime, no cluster. Computed on the shard's thread of the node that serves clients;
 * the pipeline's self-check compares a split with it.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.reference;
