/**
 * ONNX bytes to numbers: the only home of {@code ai.onnxruntime}.
 *
 * <p>In: a graph's bytes, its weights as native memory, and at each step tensors bound by name;
 * out: the bound output tensors, filled. Knows nothing of layers, sequences or protobuf. Every
 * failure of the engine ends here as a {@link io.edgeshard.runtime.ModelException}. Called by
 * {@code shard}, one thread at a time.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.session;
