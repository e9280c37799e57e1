package io.edgeshard.planner.throughput.kind;

import io.edgeshard.planner.cluster.NodeId;
import java.util.List;

/**
 * Nodes that may be exchanged for each other: as fast, with as much memory, as far from all others.
 *
 * @param members by node id
 * @param machine the machine that they share with each other or with further kinds; empty where
 *     each has one of its own
 */
public record NodeKind(List<NodeId> members, String machine) {
  /** The member that speaks for the others. */
  public NodeId first() {
    return members.get(0);
  }

  /** The last member by node id. */
  public NodeId last() {
    return members.get(members.size() - 1);
  }

  /** How many members there are. */
  public int size() {
    return members.size();
  }

  /** Whether other nodes run on its machine, too. */
  public boolean sharesMachine() {
    return !machine.isEmpty();
  }
}
