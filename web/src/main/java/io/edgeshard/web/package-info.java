/**
 * HTTP in, server-sent events out.
 *
 * <p>A request's way: {@code openai} reads the dialect, {@code generation} is the port behind which
 * tokens are made, {@code sse} writes them. Knows nothing of clusters, ONNX Runtime or Hazelcast.
 * Everything runs on the event loop of the HTTP server.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web;
