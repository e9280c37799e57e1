package io.edgeshard.verticles.local.node;

import java.util.Map;
import java.util.Optional;

/**
 * What a node sees of the cluster that it has joined.
 *
 * @param first the node that serves clients; empty where that is not known
 * @param page the address of its page; empty where that is not known, or not for other machines
 * @param others the other nodes that are here, each with the line that brings it back
 * @param share what this node runs; empty before it has been told
 */
public record ClusterView(
    String first, String page, Map<String, String> others, Optional<Share> share) {
  public ClusterView {
    others = Map.copyOf(others);
  }

  /**
   * A share of the model.
   *
   * @param planId the plan that says so
   * @param layerStart first decoder layer
   * @param layerEnd layer after the last
   * @param hasHead whether the head is in it
   */
  public record Share(long planId, int layerStart, int layerEnd, boolean hasHead) {}

  /** Whether the node that serves clients is here; anybody, where it is not known who that is. */
  public boolean isServed() {
    return first.isEmpty() ? !others.isEmpty() : others.containsKey(first);
  }
}
