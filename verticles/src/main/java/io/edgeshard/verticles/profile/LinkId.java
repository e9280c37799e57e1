package io.edgeshard.verticles.profile;

import io.edgeshard.planner.cluster.NodeId;
import java.util.Comparator;
import java.util.List;

/**
 * An ordered pair of nodes, or a node and itself: the way from its pipeline to its stage.
 *
 * @param from sender
 * @param to receiver
 */
public record LinkId(NodeId from, NodeId to) implements Comparable<LinkId> {
  private static final Comparator<LinkId> ORDER =
      Comparator.comparing(LinkId::from).thenComparing(LinkId::to);

  /** Both nodes. */
  public List<NodeId> nodes() {
    return List.of(from, to);
  }

  /** Its key in the map of links. */
  public String key() {
    return from + ">" + to;
  }

  @Override
  public int compareTo(LinkId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return from.equals(to)
        ? "the way within " + from
        : "the link from %s to %s".formatted(from, to);
  }
}
