/** Proves which runs a step becomes. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.shard.step;
