package io.edgeshard.verticles;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.membership.NodeInfo;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Notices which nodes are gone since it last heard who is here. Not thread-safe. */
final class LostSources implements Consumer<List<NodeInfo>> {
  private final Consumer<NodeId> lost;
  private Set<NodeInfo> before = Set.of();

  LostSources(Consumer<NodeId> lost) {
    this.lost = lost;
  }

  @Override
  public void accept(List<NodeInfo> here) {
    Set<NodeInfo> now = Set.copyOf(here);
    before.stream()
        .filter(info -> !now.contains(info))
        .map(NodeInfo::node)
        .collect(Collectors.toSet())
        .forEach(node -> lost.accept(new NodeId(node)));
    before = now;
  }
}
