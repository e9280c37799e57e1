package io.edgeshard.planner.throughput;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.CostModel;
import io.edgeshard.planner.cost.MemoryModel;
import io.edgeshard.planner.cost.RoundTimes;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.LayerRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brute force over all plans of one stage per node and all batchings, with sums of its own: only
 * times of stages and hops and the bytes of a shard are taken from the common models.
 */
final class EveryLayout {
  private final PlanningRequest request;
  private final MostTokensPerSecond most;
  private final CostModel costs;
  private final List<NodeProfile> nodes;
  private final int layers;
  private final List<NodeProfile> order = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>();
  private final Map<Integer, MemoryModel> memory = new HashMap<>();
  private double leastMs = Double.POSITIVE_INFINITY;

  EveryLayout(PlanningRequest request, MostTokensPerSecond most) {
    this.request = request;
    this.most = most;
    this.costs = new CostModel(request);
    this.layers = request.model().layerCount();
    this.nodes =
        request.cluster().nodes().stream()
            .filter(node -> !request.constraints().excluded().contains(node.node()))
            .toList();
  }

  /** Least ms of the cluster per token; infinite where nothing fits. */
  double leastMs() {
    order.add(request.cluster().find(request.source()).orElseThrow());
    extend(0);
    return leastMs;
  }

  /** Tries every number of layers for the last node of the order, and every node after it. */
  private void extend(int start) {
    boolean isSource = order.size() == 1;
    for (int count = 0; start + count <= layers; count++) {
      counts.add(count);
      if (start + count == layers) {
        judge();
      }
      boolean goesOn = count > 0 || isSource;
      if (goesOn && fitsBetween(new LayerRange(start, start + count))) {
        for (NodeProfile next : nodes) {
          if (!order.contains(next)) {
            order.add(next);
            extend(start + count);
            order.remove(order.size() - 1);
          }
        }
      }
      counts.remove(counts.size() - 1);
    }
  }

  /** Whether the last node of the order holds layers without the head, for what is promised. */
  private boolean fitsBetween(LayerRange range) {
    order.add(order.get(0));
    boolean fits = fits(order.size() - 2, range, 1);
    order.remove(order.size() - 1);
    return fits;
  }

  private void judge() {
    int sequences = keepsToConstraints() ? sequencesThatFit() : 0;
    for (int batch = 1; batch <= sequences; batch++) {
      double sum = 0;
      double busiest = 0;
      double sharedMs = 0;
      for (int i = 0; i < order.size(); i++) {
        NodeId node = order.get(i).node();
        boolean isLast = i == order.size() - 1;
        double computeMs = costs.decodeStageMs(node, counts.get(i), i == 0, isLast, batch);
        NodeId next = isLast ? request.source() : order.get(i + 1).node();
        double hopMs = isLast ? costs.returnMs(node, batch) : costs.hopMs(node, next, batch);
        double occupiedMs =
            isLast ? costs.returnOccupiedMs(node, batch) : costs.hopOccupiedMs(node, next, batch);
        sum += computeMs + hopMs;
        sharedMs += order.get(i).machine().equals("shared") ? computeMs : 0;
        busiest = Math.max(busiest, Math.max(occupiedMs, Math.max(computeMs, sharedMs)));
      }
      judge(batch, sequences, new RoundTimes(sum, busiest));
    }
  }

  private void judge(int batch, int sequences, RoundTimes times) {
    for (int count = 1; count * batch <= sequences; count++) {
      double roundMs =
          most.mode() == PipelineMode.BUBBLES
              ? times.sumMs() + (count - 1) * times.busiestMs()
              : Math.max(times.sumMs(), count * times.busiestMs());
      if (roundMs <= most.maxTokenMs().orElse(Double.POSITIVE_INFINITY)) {
        leastMs = Math.min(leastMs, roundMs / (count * batch));
      }
    }
  }

  private boolean keepsToConstraints() {
    Constraints constraints = request.constraints();
    int sourceLayers = counts.get(0);
    return sourceLayers >= Math.min(layers, constraints.sourceLayers())
        && constraints.pinned().keySet().stream().allMatch(layer -> layer < sourceLayers)
        && (!constraints.headOnSource() || order.size() == 1);
  }

  /** How many sequences at once, at least those promised; 0 where they do not fit. */
  private int sequencesThatFit() {
    int sequences = most.maxSequences();
    int start = 0;
    for (int i = 0; i < order.size() && sequences > 0; i++) {
      LayerRange range = new LayerRange(start, start + counts.get(i));
      while (sequences > 0 && !fits(i, range, sequences)) {
        sequences--;
      }
      start = range.end();
    }
    return sequences;
  }

  private boolean fits(int stage, LayerRange range, int sequences) {
    NodeProfile node = order.get(stage);
    int needed = Math.max(sequences, request.workload().sequences());
    long bytes =
        memory
            .computeIfAbsent(needed, this::memory)
            .estimate(node.memory(), range, stage == 0, stage == order.size() - 1)
            .totalBytes();
    long cap = request.constraints().memoryCapBytes().getOrDefault(node.node(), Long.MAX_VALUE);
    return bytes <= Math.min(cap, node.memory().usableBytes());
  }

  private MemoryModel memory(int sequences) {
    Workload promise = request.workload();
    return new MemoryModel(
        request.model(),
        request.weightType(),
        new Workload(promise.contextTokens(), sequences, promise.prefillChunkTokens()));
  }
}
