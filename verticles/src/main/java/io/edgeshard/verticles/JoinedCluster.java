package io.edgeshard.verticles;

import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.JoinLine;
import io.edgeshard.verticles.local.node.ClusterView;
import io.edgeshard.verticles.membership.ModelInfo;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.protocol.LoadShard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a node that has joined knows of its cluster, put together for people. Thread-safe. */
final class JoinedCluster {
  private final NodeConfig config;
  private final ModelInfo model;
  private final Supplier<Optional<LoadShard>> shard;
  private volatile List<NodeInfo> here = List.of();

  /** A cluster that serves a model; {@code shard} is what this node runs of it. */
  JoinedCluster(NodeConfig config, ModelInfo model, Supplier<Optional<LoadShard>> shard) {
    this.config = config;
    this.model = model;
    this.shard = shard;
  }

  /** Who is here now, this node as well. */
  void nodesAre(List<NodeInfo> nodes) {
    here = List.copyOf(nodes);
  }

  ClusterView view() {
    Map<String, String> others =
        here.stream()
            .filter(info -> !info.id().equals(config.node()))
            .collect(Collectors.toMap(NodeInfo::node, this::bringBack, (one, other) -> one));
    return new ClusterView(
        model.node(),
        model.page(),
        others,
        shard
            .get()
            .map(
                load ->
                    new ClusterView.Share(
                        load.plan().value(),
                        load.layers().start(),
                        load.layers().end(),
                        load.isLast())));
  }

  private String bringBack(NodeInfo lost) {
    return JoinLine.back(config, lost.node(), lost.host(), lost.memoryLimitBytes());
  }
}
