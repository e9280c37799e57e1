package io.edgeshard.planner.explain;

import static io.edgeshard.planner.plan.MemoryEstimate.mebibytes;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.MemoryModel;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.cost.ShardPlace;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.plan.MemoryEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which sum does not fit where no plan does: the share that the source cannot be without, layers
 * pinned to a node, the whole model on the only node, or else the model on all nodes together.
 */
final class Misfits {
  private static final LayerRange NO_LAYERS = new LayerRange(0, 0);

  private final PlanningRequest request;
  private final PlanRules rules;

  Misfits(PlanningRequest request) {
    this.request = request;
    this.rules = new PlanRules(request);
  }

  /** The most particular one, as the beginning of a sentence. */
  String first() {
    return sourceShare().or(this::pinned).or(this::onlyNode).orElseGet(this::allNodes);
  }

  private Optional<String> sourceShare() {
    boolean hasHead = request.constraints().headOnSource();
    int layers = hasHead ? request.model().layerCount() : request.constraints().sourceLayers();
    MemoryEstimate share =
        rules.memory(request.source(), new LayerRange(0, layers), new ShardPlace(true, hasHead));
    long usable = usableBytes(request.source());
    if (share.totalBytes() <= usable) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>(List.of("embedding"));
    if (layers > 0) {
      parts.add(layers == 1 ? "first layer" : "first %d layers".formatted(layers));
    }
    if (hasHead) {
      parts.add("head");
    }
    return Optional.of(
        "the source %s cannot hold its share: %s %s %s, but it may use %s"
            .formatted(
                request.source(),
                words(parts),
                parts.size() == 1 ? "needs" : "need",
                share,
                mebibytes(usable)));
  }

  private Optional<String> pinned() {
    Map<NodeId, List<Integer>> layersOf = new TreeMap<>();
    new TreeMap<>(request.constraints().pinned())
        .forEach(
            (layer, node) -> layersOf.computeIfAbsent(node, n -> new ArrayList<>()).add(layer));
    return layersOf.entrySet().stream()
        .flatMap(entry -> pinned(entry.getKey(), entry.getValue()).stream())
        .findFirst();
  }

  private Optional<String> pinned(NodeId node, List<Integer> layers) {
    ShardPlace place = new ShardPlace(node.equals(request.source()), false);
    MemoryEstimate bare = rules.memory(node, NO_LAYERS, place);
    long needed = bare.totalBytes();
    for (int layer : layers) {
      LayerRange one = new LayerRange(layer, layer + 1);
      needed += rules.memory(node, one, place).totalBytes() - bare.totalBytes();
    }
    return needed <= usableBytes(node)
        ? Optional.empty()
        : Optional.of(
            "the pinned %s %s %s not fit on %s: with process and head-room %s %s, but it may use %s"
                .formatted(
                    layers.size() == 1 ? "layer" : "layers",
                    words(layers.stream().map(String::valueOf).toList()),
                    layers.size() == 1 ? "does" : "do",
                    node,
                    layers.size() == 1 ? "it needs" : "they need",
                    mebibytes(needed),
                    mebibytes(usableBytes(node))));
  }

  private Optional<String> onlyNode() {
    return rules.nodes().size() > 1
        ? Optional.empty()
        : Optional.of(
            "%s is the only node and cannot hold the model: it needs %s, but may use %s"
                .formatted(request.source(), whole(), mebibytes(usableBytes(request.source()))));
  }

  private String allNodes() {
    int nodes = rules.nodes().size();
    MemoryEstimate whole = whole();
    return "the model needs %s on one node, and on each further node %s for the process; %s together may use %s"
        .formatted(
            whole,
            mebibytes(whole.overheadBytes() + whole.headroomBytes()),
            Counted.of(nodes, "node"),
            mebibytes(offeredBytes()));
  }

  private MemoryEstimate whole() {
    NodeProfile source = request.cluster().find(request.source()).orElseThrow();
    return new MemoryModel(request.model(), request.weightType(), request.workload())
        .estimate(source.memory(), request.model().allLayers(), true, true);
  }

  /** How much the nodes together have too little; 0 where they have enough, but not as it fits. */
  long missingBytes() {
    return Math.max(0, whole().totalBytes() - offeredBytes());
  }

  private long offeredBytes() {
    return rules.nodes().stream().mapToLong(node -> usableBytes(node.node())).sum();
  }

  private long usableBytes(NodeId node) {
    return rules.offer(node).usableBytes();
  }

  private static String words(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.get(0)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }
}
