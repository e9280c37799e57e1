/**
 * Onto what a model is split: how fast each node computes, what memory it offers, what lies between
 * any two. Measured by {@code runtime.profile} and {@code verticles.profile}, or computed from the
 * catalogue; {@link io.edgeshard.planner.cluster.ClusterProfile} is where to begin. Values only: a
 * planner reads them, what a share then costs is for {@code planner.cost}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.cluster;
