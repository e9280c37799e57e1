/**
 * Weights to ONNX bytes: the graph of any layer range, built when a shard is loaded.
 *
 * <p>In: a {@link io.edgeshard.runtime.checkpoint.Checkpoint} and the part wanted; out: a {@link
 * io.edgeshard.runtime.graph.ShardGraph}, operators as protobuf bytes and weights as declarations
 * that can write themselves. Quantised blocks are mapped exactly, never quantised again. Must not
 * import {@code ai.onnxruntime}. Called by {@code shard} on the thread that loads.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.graph;
