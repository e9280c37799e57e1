package io.edgeshard.planner.throughput;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.CostModel;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Brute force over all plans of one stage per node and all batchings, with sums of its own: only
 * times of layers, parts and hops and the bytes of parts are taken from the common models. Sums
 * grow stage by stage; what cannot get better than the best known by any stage after it is not
 * followed.
 */
final class EveryLayout {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  private final MostTokensPerSecond most;
  private final Constraints constraints;
  private final int layers;
  private final int leastOfSource;
  private final int[] others;
  private final boolean[] isShared;
  private final Times[] times;
  private final RoomTable room;
  private final double limitMs;
  private double leastMs = NEVER;

  /** What a batch takes: on nodes by their place in the cluster, and between them. */
  @SuppressWarnings("ArrayRecordComponent") // tables that are never compared
  private record Times(
      double[] layer,
      double[] bare,
      double[] head,
      double embedding,
      double[][] hop,
      double[][] hopOccupied,
      double[] back,
      double[] backOccupied) {
    static Times of(CostModel costs, List<NodeId> nodes, NodeId source, int batch) {
      return new Times(
          each(nodes, node -> costs.decodeLayerMs(node, batch)),
          each(nodes, node -> costs.decodeFixedMs(node, false, false, batch)),
          each(
              nodes,
              node ->
                  costs.decodeFixedMs(node, false, true, batch)
                      - costs.decodeFixedMs(node, false, false, batch)),
          costs.decodeFixedMs(source, true, false, batch)
              - costs.decodeFixedMs(source, false, false, batch),
          nodes.stream()
              .map(from -> each(nodes, to -> costs.hopMs(from, to, batch)))
              .toArray(double[][]::new),
          nodes.stream()
              .map(from -> each(nodes, to -> costs.hopOccupiedMs(from, to, batch)))
              .toArray(double[][]::new),
          each(nodes, node -> costs.returnMs(node, batch)),
          each(nodes, node -> costs.returnOccupiedMs(node, batch)));
    }

    private static double[] each(
        List<NodeId> nodes, java.util.function.ToDoubleFunction<NodeId> ms) {
      return nodes.stream().mapToDouble(ms).toArray();
    }
  }

  /**
   * The beginning of a plan: stages that are full, and the hop to the node of the next.
   *
   * @param start the next layer
   * @param at the next stage's node
   * @param used nodes with a stage, as bits
   * @param sequences how many have room in all full stages
   * @param sum of all full stages and hops, by batch
   * @param busiest resource of them, by batch
   * @param shared time of the shared machine, by batch
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Begun(
      int start,
      int at,
      int used,
      int sequences,
      double[] sum,
      double[] busiest,
      double[] shared) {}

  EveryLayout(PlanningRequest request, MostTokensPerSecond most) {
    this.most = most;
    this.constraints = request.constraints();
    this.layers = request.model().layerCount();
    this.limitMs = most.maxTokenMs().orElse(NEVER);
    List<NodeId> nodes = request.cluster().nodes().stream().map(node -> node.node()).toList();
    NodeId source = request.source();
    this.others =
        IntStream.range(0, nodes.size())
            .filter(node -> !nodes.get(node).equals(source))
            .filter(node -> !constraints.excluded().contains(nodes.get(node)))
            .toArray();
    this.isShared = new boolean[nodes.size()];
    for (int node = 0; node < isShared.length; node++) {
      isShared[node] = request.cluster().nodes().get(node).machine().equals("shared");
    }
    CostModel costs = new CostModel(request);
    this.times =
        IntStream.rangeClosed(1, most.maxSequences())
            .mapToObj(batch -> Times.of(costs, nodes, source, batch))
            .toArray(Times[]::new);
    this.room = new RoomTable(request, most.maxSequences());
    this.leastOfSource =
        Math.max(
            Math.min(layers, constraints.sourceLayers()),
            constraints.pinned().keySet().stream().mapToInt(layer -> layer + 1).max().orElse(0));
    double[] zero = new double[times.length];
    double[] embedding = Arrays.stream(times).mapToDouble(Times::embedding).toArray();
    int at = nodes.indexOf(source);
    extend(new Begun(0, at, 1 << at, most.maxSequences(), embedding, zero, zero));
  }

  /** Least ms of the cluster per token; infinite where nothing fits. */
  double leastMs() {
    return leastMs;
  }

  /** Tries every number of layers for the node at hand, and every node after it. */
  private void extend(Begun begun) {
    boolean isSource = Integer.bitCount(begun.used) == 1;
    int least = isSource ? leastOfSource : 0;
    for (int count = least; begun.start + count <= layers; count++) {
      if (begun.start + count == layers) {
        complete(begun, count);
      }
      if ((count > 0 || isSource) && !constraints.headOnSource()) {
        goOn(begun, count);
      }
    }
  }

  private void goOn(Begun begun, int count) {
    boolean isFirst = Integer.bitCount(begun.used) == 1;
    int end = begun.start + count;
    int sequences = room.fitting(begun.at, begun.start, end, isFirst, false, begun.sequences);
    Begun full = sequences == 0 ? begun : full(begun, count, sequences, false);
    if (sequences == 0 || isHopeless(full)) {
      return;
    }
    for (int to : others) {
      if ((begun.used >> to & 1) == 0) {
        extend(hop(full, end, to));
      }
    }
  }

  private Begun full(Begun begun, int count, int sequences, boolean withHead) {
    boolean isFirst = Integer.bitCount(begun.used) == 1;
    double[] sum = begun.sum.clone();
    double[] busiest = begun.busiest.clone();
    double[] shared = begun.shared.clone();
    for (int i = 0; i < sum.length; i++) {
      Times of = times[i];
      double ms = of.bare[begun.at] + count * of.layer[begun.at];
      ms += withHead ? of.head[begun.at] : 0;
      double computeMs = ms + (isFirst ? of.embedding : 0);
      sum[i] += ms;
      shared[i] += isShared[begun.at] ? computeMs : 0;
      busiest[i] = Math.max(busiest[i], Math.max(computeMs, shared[i]));
    }
    return new Begun(begun.start, begun.at, begun.used, sequences, sum, busiest, shared);
  }

  private Begun hop(Begun full, int end, int to) {
    double[] sum = full.sum.clone();
    double[] busiest = full.busiest.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += times[i].hop[full.at][to];
      busiest[i] = Math.max(busiest[i], times[i].hopOccupied[full.at][to]);
    }
    return new Begun(end, to, full.used | 1 << to, full.sequences, sum, busiest, full.shared);
  }

  /** Whether no plan that begins so can be better: a round takes at least each of its parts. */
  private boolean isHopeless(Begun full) {
    for (int i = 0; i < Math.min(full.sum.length, full.sequences); i++) {
      double roundMs = Math.max(full.sum[i], full.busiest[i]);
      boolean isBetter =
          Math.max(full.sum[i] / full.sequences, full.busiest[i] / (i + 1)) < leastMs;
      if (roundMs <= limitMs && isBetter) {
        return false;
      }
    }
    return true;
  }

  private void complete(Begun begun, int count) {
    boolean isFirst = Integer.bitCount(begun.used) == 1;
    int sequences = room.fitting(begun.at, begun.start, layers, isFirst, true, begun.sequences);
    if (sequences == 0) {
      return;
    }
    Begun full = full(begun, count, sequences, true);
    for (int batch = 1; batch <= sequences; batch++) {
      Times of = times[batch - 1];
      double sum = full.sum[batch - 1] + of.back[begun.at];
      double busiest = Math.max(full.busiest[batch - 1], of.backOccupied[begun.at]);
      judge(batch, sequences, sum, busiest);
    }
  }

  private void judge(int batch, int sequences, double sumMs, double busiestMs) {
    for (int count = 1; count * batch <= sequences; count++) {
      double roundMs =
          most.mode() == PipelineMode.BUBBLES
              ? sumMs + (count - 1) * busiestMs
              : Math.max(sumMs, count * busiestMs);
      if (roundMs <= limitMs) {
        leastMs = Math.min(leastMs, roundMs / (count * batch));
      }
    }
  }
}
