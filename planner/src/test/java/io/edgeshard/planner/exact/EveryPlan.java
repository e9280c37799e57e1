package io.edgeshard.planner.exact;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.cost.CostModel;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.cost.ShardPlace;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.plan.MemoryEstimate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Brute force: every assignment of layers and head to nodes that keeps to the rules, added up stage
 * by stage from the cost model. A prompt is one chunk. Keeps the least value of all plans and of
 * the plans with each node.
 */
final class EveryPlan {
  private static final LayerRange NO_LAYERS = new LayerRange(0, 0);
  private static final int ANY = -1;

  private final PlanningRequest request;
  private final boolean headOnSource;
  private final List<NodeId> nodes;
  private final int layers;
  private final Times token;
  private final Times prefill;
  private final int[] boundTo;
  private final long[] layerBytes;
  private final long stageBytes;
  private final long headBytes;
  private final double[] headMs;
  private final double[] busyWatts;
  private final double[] idleWatts;
  private final long[] roomBytes;
  private final double[] workMs;
  private final boolean[] isUsed;
  private final double[] withNode;
  private double least = Double.POSITIVE_INFINITY;

  /** What the parts of a plan take in one phase, by node. */
  @SuppressWarnings("ArrayRecordComponent") // tables that are never compared
  private record Times(
      double embedding, double[] layer, double[] stage, double[] head, double[][] hop) {}

  EveryPlan(PlanningRequest request) {
    this.request = request;
    this.headOnSource = request.constraints().headOnSource();
    PlanRules rules = new PlanRules(request);
    CostModel costs = new CostModel(request);
    this.nodes = nodes(request);
    this.layers = request.model().layerCount();
    this.boundTo =
        IntStream.range(0, layers)
            .map(layer -> rules.boundTo(layer).map(nodes::indexOf).orElse(ANY))
            .toArray();
    this.token =
        times(
            costs.decodeFixedMs(nodes.get(0), true, false, 1),
            node -> costs.decodeLayerMs(node, 1),
            (node, hasHead) -> costs.decodeFixedMs(node, false, hasHead, 1),
            (from, to) -> costs.hopMs(from, to, 1));
    this.prefill =
        times(
            costs.prefillFixedMs(nodes.get(0), true, false, 0),
            node -> costs.prefillLayerMs(node, 0),
            (node, hasHead) -> costs.prefillFixedMs(node, false, hasHead, 0),
            (from, to) -> costs.hopMs(from, to, costs.chunks()[0]));
    this.headMs = token.head.clone();
    for (int node = 0; node < nodes.size(); node++) {
      double backMs = costs.returnMs(nodes.get(node), 1);
      token.head[node] += backMs;
      prefill.head[node] += backMs;
    }
    this.stageBytes = part(rules, ShardPlace.MIDDLE);
    this.headBytes = part(rules, new ShardPlace(false, true)) - stageBytes;
    this.layerBytes =
        IntStream.range(0, layers)
            .mapToObj(layer -> new LayerRange(layer, layer + 1))
            .map(layer -> rules.memory(nodes.get(0), layer, ShardPlace.MIDDLE))
            .mapToLong(layer -> layer.weightsBytes() + layer.kvCacheBytes())
            .toArray();
    this.roomBytes =
        nodes.stream()
            .map(rules::offer)
            .mapToLong(offer -> offer.usableBytes() - offer.processBytes() - offer.headroomBytes())
            .toArray();
    roomBytes[0] -= part(rules, new ShardPlace(true, false));
    List<Optional<PowerDraw>> draws = nodes.stream().map(node -> costs.node(node).power()).toList();
    this.busyWatts = watts(draws, PowerDraw::busyWatts);
    this.idleWatts = watts(draws, PowerDraw::idleWatts);
    this.workMs = new double[nodes.size()];
    this.isUsed = new boolean[nodes.size()];
    this.withNode = new double[nodes.size()];
    Arrays.fill(withNode, Double.POSITIVE_INFINITY);
    isUsed[0] = true;
    workMs[0] = token.embedding;
    place(0, 0, token.embedding, prefill.embedding);
  }

  private static double[] watts(
      List<Optional<PowerDraw>> draws, ToDoubleFunction<PowerDraw> watts) {
    return draws.stream()
        .mapToDouble(draw -> draw.map(watts::applyAsDouble).orElse(Double.POSITIVE_INFINITY))
        .toArray();
  }

  private long part(PlanRules rules, ShardPlace place) {
    MemoryEstimate part = rules.memory(nodes.get(0), NO_LAYERS, place);
    return part.totalBytes() - part.overheadBytes() - part.headroomBytes();
  }

  /** The source and all others that are not excluded, whatever place there is for them. */
  private static List<NodeId> nodes(PlanningRequest request) {
    Stream<NodeId> others =
        request.cluster().nodes().stream()
            .map(NodeProfile::node)
            .filter(node -> !request.constraints().excluded().contains(node));
    return Stream.concat(Stream.of(request.source()), others).distinct().toList();
  }

  /** What a stage takes besides its layers. */
  private interface StageMs {
    double of(NodeId node, boolean hasHead);
  }

  private Times times(
      double embedding,
      ToDoubleFunction<NodeId> layer,
      StageMs stage,
      ToDoubleBiFunction<NodeId, NodeId> hop) {
    return new Times(
        embedding,
        nodes.stream().mapToDouble(layer).toArray(),
        nodes.stream().mapToDouble(node -> stage.of(node, false)).toArray(),
        nodes.stream().mapToDouble(node -> stage.of(node, true) - stage.of(node, false)).toArray(),
        nodes.stream()
            .map(from -> nodes.stream().mapToDouble(to -> hop.applyAsDouble(from, to)).toArray())
            .toArray(double[][]::new));
  }

  /** The least value; infinite where no plan keeps to the rules. */
  double least() {
    return least;
  }

  /** The least value of the plans that use a node. */
  double leastWith(NodeId node) {
    int index = nodes.indexOf(node);
    return index < 0 ? Double.POSITIVE_INFINITY : withNode[index];
  }

  private void place(int layer, int at, double tokenMs, double prefillMs) {
    if (roomBytes[at] < 0) {
      return;
    }
    layerOrHead(layer, at, tokenMs, prefillMs);
    for (int to = 0; to < roomBytes.length; to++) {
      if (!isUsed[to]) {
        roomBytes[to] -= stageBytes;
        workMs[to] += token.stage[to];
        isUsed[to] = true;
        layerOrHead(
            layer,
            to,
            tokenMs + token.hop[at][to] + token.stage[to],
            prefillMs + prefill.hop[at][to] + prefill.stage[to]);
        isUsed[to] = false;
        workMs[to] -= token.stage[to];
        roomBytes[to] += stageBytes;
      }
    }
  }

  private void layerOrHead(int layer, int node, double tokenMs, double prefillMs) {
    if (layer == layers) {
      head(node, tokenMs, prefillMs);
    } else if (boundTo[layer] == ANY || boundTo[layer] == node) {
      roomBytes[node] -= layerBytes[layer];
      workMs[node] += token.layer[node];
      place(layer + 1, node, tokenMs + token.layer[node], prefillMs + prefill.layer[node]);
      workMs[node] -= token.layer[node];
      roomBytes[node] += layerBytes[layer];
    }
  }

  private void head(int node, double tokenMs, double prefillMs) {
    if (roomBytes[node] < headBytes || (headOnSource && node != 0)) {
      return;
    }
    judge(node, tokenMs + token.head[node], prefillMs + prefill.head[node]);
  }

  private void judge(int last, double tokenMs, double prefillMs) {
    double value = value(last, tokenMs, prefillMs);
    least = Math.min(least, value);
    for (int node = 0; node < isUsed.length; node++) {
      if (isUsed[node]) {
        withNode[node] = Math.min(withNode[node], value);
      }
    }
  }

  private double value(int last, double tokenMs, double prefillMs) {
    if (request.objective() instanceof Objective.LeastTokenTime) {
      return tokenMs;
    }
    if (request.objective() instanceof Objective.LeastEnergyPerToken energy) {
      boolean isSlow = energy.maxTokenMs().orElse(Double.POSITIVE_INFINITY) < tokenMs;
      return isSlow ? Double.POSITIVE_INFINITY : joules(last, tokenMs);
    }
    return request.typical().intakeMs() + prefillMs + (request.typical().newTokens() - 1) * tokenMs;
  }

  private double joules(int last, double tokenMs) {
    double millijoules = 0;
    for (int node = 0; node < isUsed.length; node++) {
      if (isUsed[node]) {
        double ms = workMs[node] + (node == last ? headMs[node] : 0);
        millijoules += idleWatts[node] * tokenMs;
        millijoules += (busyWatts[node] - idleWatts[node]) * ms;
      }
    }
    return millijoules / 1000;
  }
}
