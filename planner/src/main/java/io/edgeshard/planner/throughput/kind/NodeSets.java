package io.edgeshard.planner.throughput.kind;

import java.util.List;

/**
 * The sets of nodes besides the source that differ in how many of each kind they hold, numbered
 * from 0, the empty set: far fewer than all subsets where nodes are alike.
 */
public final class NodeSets {
  private final int[] sizes;
  private final int[] strides;
  private final long count;

  /** Of kinds of which the first is the source. */
  public NodeSets(List<NodeKind> kinds) {
    this.sizes = kinds.stream().mapToInt(NodeKind::size).toArray();
    this.strides = new int[sizes.length];
    long stride = 1;
    for (int kind = 1; kind < sizes.length; kind++) {
      strides[kind] = (int) Math.min(stride, Integer.MAX_VALUE);
      stride = Math.min(stride * (sizes[kind] + 1), Integer.MAX_VALUE);
    }
    this.count = stride;
  }

  /** How many sets there are; capped far above what can be searched. */
  public long count() {
    return count;
  }

  /** How many kinds there are, with the source's. */
  public int kinds() {
    return sizes.length;
  }

  /** How many nodes of a kind a set holds. */
  public int held(int set, int kind) {
    return set / strides[kind] % (sizes[kind] + 1);
  }

  /** Whether there is a node of a kind that a set does not hold. */
  public boolean canAdd(int set, int kind) {
    return held(set, kind) < sizes[kind];
  }

  /** The set with one more node of a kind; it has a greater number. */
  public int with(int set, int kind) {
    return set + strides[kind];
  }

  /** The set with one node less of a kind. */
  public int without(int set, int kind) {
    return set - strides[kind];
  }
}
