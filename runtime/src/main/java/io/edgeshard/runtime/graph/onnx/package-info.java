/**
 * ONNX graphs, whatever they compute: {@link io.edgeshard.runtime.graph.onnx.GraphBuilder} hands
 * out values, keeps operators in order and writes both as protobuf bytes, weights only by name.
 * Knows nothing of models; what a decoder layer is made of says {@code graph}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.graph.onnx;
