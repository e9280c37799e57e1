/**
 * Several nodes on this machine as one: started together, watched, ended in order.
 *
 * <p>A {@link io.edgeshard.verticles.local.cluster.LocalClusterPlan} says which processes to start;
 * {@link io.edgeshard.verticles.local.cluster.LocalCluster} owns them until none is left. Nodes are
 * talked to as anybody could: their command line, HTTP and signals. Memory is shared out so that
 * the nodes need each other.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.local.cluster;
