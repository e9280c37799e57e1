/** Tests of health, readiness and the cluster's state over HTTP, from a scripted cluster. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.status;
