/**
 * The nodes of this user on this machine: what runs here, and how one is run.
 *
 * <p>Owns the run files (one for every living node), this machine's addresses and ports, the log,
 * and a node's life from start to orderly end. Settings and facts of the machine come in, a {@link
 * io.edgeshard.verticles.NodeConfig} goes to the {@link io.edgeshard.verticles.local.NodeStarter}.
 * Knows nothing of models, plans or Vert.x beyond a node's futures. Called from the command line's
 * thread.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.local;
