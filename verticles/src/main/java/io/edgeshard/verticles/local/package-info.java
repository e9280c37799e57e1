/**
 * The nodes of this user on this machine: what runs here, and how one is run.
 *
 * <p>Owns this machine's memory as a node may use it, the log, and a node's life from start to
 * orderly end; below it the run files, the addresses and ports, the nodes of one run. Settings and
 * facts of the machine come in, a {@link io.edgeshard.verticles.config.NodeConfig} goes to the
 * {@link io.edgeshard.verticles.local.node.NodeStarter}. Knows nothing of models, plans or Vert.x
 * beyond a node's futures. Called from the command line's thread.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.local;
