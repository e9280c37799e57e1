/** Proves that shards compute what the model says, however it is cut. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.shard;
