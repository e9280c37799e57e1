package io.edgeshard.planner.goal;

import io.edgeshard.planner.cluster.NodeId;
import java.util.Map;
import java.util.Set;

/**
 * What a plan must keep to, besides memory and the embedding on the source (the paper's privacy
 * rule, equation 4).
 *
 * @param sourceLayers how many of the first decoder layers the source runs itself, 0 or more:
 *     hidden states that have passed some layers give away less of the prompt than embeddings do
 * @param headOnSource whether the source runs the output head, and so the whole model: a node runs
 *     one stage
 * @param pinned decoder layers and the node that must run each
 * @param excluded nodes that must not take part
 * @param memoryCapBytes the most a node may use, where that is less than it offers
 * @param slowerAllowed whether a split is wanted even where the best single node is predicted to be
 *     faster
 */
public record Constraints(
    int sourceLayers,
    boolean headOnSource,
    Map<Integer, NodeId> pinned,
    Set<NodeId> excluded,
    Map<NodeId, Long> memoryCapBytes,
    boolean slowerAllowed) {
  /** Nothing besides. */
  public static final Constraints NONE =
      new Constraints(0, false, Map.of(), Set.of(), Map.of(), false);

  public Constraints {
    pinned = Map.copyOf(pinned);
    excluded = Set.copyOf(excluded);
    memoryCapBytes = Map.copyOf(memoryCapBytes);
    if (sourceLayers < 0) {
      throw new IllegalArgumentException(
          "expected 0 or more layers on the source, found " + sourceLayers);
    }
    memoryCapBytes.forEach(
        (node, bytes) -> {
          if (bytes <= 0) {
            throw new IllegalArgumentException(
                "expected a memory cap of %s above 0 bytes, found %d".formatted(node, bytes));
          }
        });
  }

  /** The same, with other nodes left out. */
  public Constraints withExcluded(Set<NodeId> nodes) {
    return new Constraints(
        sourceLayers, headOnSource, pinned, nodes, memoryCapBytes, slowerAllowed);
  }

  /** The same, with other caps of memory. */
  public Constraints withMemoryCaps(Map<NodeId, Long> bytes) {
    return new Constraints(sourceLayers, headOnSource, pinned, excluded, bytes, slowerAllowed);
  }

  /** The same, with a split slower than the best single node refused or wanted. */
  public Constraints withSlowerAllowed(boolean allowed) {
    return new Constraints(sourceLayers, headOnSource, pinned, excluded, memoryCapBytes, allowed);
  }
}
