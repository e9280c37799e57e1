package io.edgeshard.verticles.placement;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.membership.RefusedNode;
import io.edgeshard.verticles.pipeline.PipelineState;
import io.edgeshard.web.status.ClusterStatus;
import io.edgeshard.web.status.ClusterStatusSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What placement and pipeline know of the cluster, put together for people. Thread-safe. */
public final class ClusterBoard implements ClusterStatusSource {
  private final String model;
  private final String weights;
  private final int layerCount;
  private final Function<NodeInfo, String> bringBack;
  private volatile PlacementState placement = PlacementState.starting();
  private volatile PipelineState pipeline = PipelineState.starting();
  private volatile List<RefusedNode> refused = List.of();

  /**
   * A board of a cluster that serves a model.
   *
   * @param bringBack the line to type on a lost node's machine
   */
  public ClusterBoard(
      String model, String weights, int layerCount, Function<NodeInfo, String> bringBack) {
    this.bringBack = bringBack;
    this.model = model;
    this.weights = weights;
    this.layerCount = layerCount;
  }

  public void placementIs(PlacementState state) {
    placement = state;
  }

  public void pipelineIs(PipelineState state) {
    pipeline = state;
  }

  public void refusedAre(List<RefusedNode> nodes) {
    refused = nodes;
  }

  /** What the placement has come to. */
  public PlacementState placement() {
    return placement;
  }

  @Override
  public ClusterStatus status() {
    PlacementState placed = placement;
    PipelineState running = pipeline;
    String reason = !placed.ready() ? placed.reason() : running.notReadyReason().orElse("");
    return new ClusterStatus(
        reason.isEmpty(),
        reason,
        model,
        weights,
        placed.plan().map(plan -> plan.id().value()).orElse(0L),
        layerCount,
        nodes(placed, running),
        running.steps(),
        refused.stream()
            .map(node -> new ClusterStatus.Refused(node.node(), node.host(), RefusedNode.REASON))
            .toList(),
        placed.standing().losses().stream()
            .map(Loss::node)
            .map(node -> new ClusterStatus.Loss(node.node(), node.host(), bringBack.apply(node)))
            .toList(),
        placed.standing().doing());
  }

  private static List<ClusterStatus.Node> nodes(PlacementState placed, PipelineState running) {
    List<ClusterStatus.Node> nodes = new ArrayList<>();
    Set<String> listed = new HashSet<>();
    for (ShardAssignment stage : placed.plan().map(plan -> plan.stages()).orElse(List.of())) {
      listed.add(stage.node().value());
      nodes.add(node(stage, placed, running));
    }
    placed.nodes().stream()
        .filter(info -> !listed.contains(info.node()))
        .map(
            info ->
                new ClusterStatus.Node(
                    info.node(), "spare", 0, 0, false, false, 0, 0, info.memoryLimitBytes()))
        .forEach(nodes::add);
    return nodes;
  }

  private static ClusterStatus.Node node(
      ShardAssignment stage, PlacementState placed, PipelineState running) {
    NodeId node = stage.node();
    Optional<NodeInfo> info =
        placed.nodes().stream().filter(here -> here.node().equals(node.value())).findFirst();
    String state = info.isEmpty() ? "lost" : running.isSilent(node) ? "silent" : state(placed);
    return new ClusterStatus.Node(
        node.value(),
        state,
        stage.layers().start(),
        stage.layers().end(),
        stage.isFirst(),
        stage.isLast(),
        stage.memory().totalBytes(),
        running.residentBytes(node),
        info.map(NodeInfo::memoryLimitBytes).orElse(0L));
  }

  private static String state(PlacementState placed) {
    return switch (placed.standing().phase()) {
      case READY -> "ready";
      case LOADING -> "loading";
      case WAITING, FAILED -> "waiting";
    };
  }
}
