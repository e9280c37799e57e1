package io.edgeshard.planner.cluster;

import java.util.Optional;

/**
 * What a node has to offer for one model.
 *
 * @param node its name
 * @param machine what it runs on; nodes of one machine share its cores, so that their stages never
 *     compute at the same time without slowing each other down
 * @param memory what memory it may use; nodes of one machine each offer their own part of it
 * @param compute how fast it is
 * @param power what it draws, where that is known
 */
public record NodeProfile(
    NodeId node,
    String machine,
    MemoryOffer memory,
    ComputeProfile compute,
    Optional<PowerDraw> power) {
  public NodeProfile {
    if (machine.isBlank()) {
      throw new IllegalArgumentException(
          "expected the name of the machine of " + node + ", found none");
    }
  }

  /** The same node with another offer of memory. */
  public NodeProfile withMemory(MemoryOffer offer) {
    return new NodeProfile(node, machine, offer, compute, power);
  }
}
