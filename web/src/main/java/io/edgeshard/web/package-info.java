/**
 * HTTP in, server-sent events out.
 *
 * <p>A request's way: {@link io.edgeshard.web.ApiRouter} lists the routes, {@code guard} turns away
 * what may not come in, {@code openai} reads the dialect, {@code answer} asks {@code generation},
 * the port behind which tokens are made, and {@code sse} writes them. Knows nothing of clusters,
 * ONNX Runtime or Hazelcast. Everything runs on the event loop of the HTTP server.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web;
