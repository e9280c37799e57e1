/**
 * How the cluster is: health, readiness, nodes and layers, metrics, once or as a stream. {@link
 * io.edgeshard.web.status.ClusterStatusSource} is the port behind which {@code verticles} knows;
 * {@link io.edgeshard.web.status.ClusterStatus} is the JSON's shape.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.status;
