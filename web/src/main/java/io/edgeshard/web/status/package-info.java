/** How the cluster is: health, readiness, nodes and layers, metrics. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.status;
