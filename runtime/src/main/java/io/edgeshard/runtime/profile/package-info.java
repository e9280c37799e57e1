/**
 * How fast this machine computes the parts of a model, and what it computes with.
 *
 * <p>In: an open checkpoint and a limit of time; out: a {@link
 * io.edgeshard.planner.cluster.ComputeProfile} and what it was fitted to. {@link
 * io.edgeshard.runtime.profile.ShardProfiler} is where to begin: it loads a few shards, runs them
 * as a stage would, and closes them. Called by the node on a thread that may block, never while
 * that node serves. Does not know how a profile is kept or made known.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.profile;
