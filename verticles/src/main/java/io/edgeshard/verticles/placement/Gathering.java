package io.edgeshard.verticles.placement;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.placement.task.PlacementTask;
import io.edgeshard.verticles.profile.schedule.Profiling;
import io.edgeshard.verticles.protocol.wire.ProtocolCodec;
import java.util.List;
import java.util.Optional;

/** Whether all is here and measured that a plan can be made of. Not thread-safe. */
final class Gathering {
  private final NodeId source;
  private final int nodeCount;
  private final Profiling profiling;
  private List<NodeInfo> usable = List.of();

  Gathering(PlacementTask task, Profiling profiling) {
    this.source = task.source();
    this.nodeCount = task.nodeCount();
    this.profiling = profiling;
  }

  /** Who is here now; those who speak another protocol do not count. */
  void nodesAre(List<NodeInfo> here) {
    usable = here.stream().filter(info -> ProtocolCodec.talksTo(info.protocolVersion())).toList();
    profiling.nodesAre(usable);
  }

  /** What is missing before a plan can be made. */
  Optional<String> missing() {
    boolean sourceIsHere = usable.stream().anyMatch(info -> info.id().equals(source));
    return !sourceIsHere || usable.size() < nodeCount
        ? Optional.of("waiting for nodes: %d of %d are here".formatted(usable.size(), nodeCount))
        : profiling.missing();
  }
}
