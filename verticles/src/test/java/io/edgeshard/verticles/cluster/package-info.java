/** Whole clusters: several nodes in one JVM, and several processes that are killed and frozen. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.cluster;
