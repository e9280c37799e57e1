package io.edgeshard.web.status;

/** The port behind which the state of the cluster is known. */
@FunctionalInterface
public interface ClusterStatusSource {
  /** How it is now; never blocks. */
  ClusterStatus status();
}
