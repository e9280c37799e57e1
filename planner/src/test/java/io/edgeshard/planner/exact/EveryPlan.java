package io.edgeshard.planner.exact;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.cost.CostModel;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.cost.ShardPlace;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.plan.MemoryEstimate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brute force: every assignment of layers and head to nodes that keeps to the rules, added up stage
 * by stage from the cost model. A prompt is one chunk. Keeps the least value of all plans and of
 * the plans with each node.
 */
final class EveryPlan {
  private static final LayerRange NO_LAYERS = new LayerRange(0, 0);

  private final PlanningRequest request;
  private final Constraints constraints;
  private final PlanRules rules;
  private final CostModel costs;
  private final List<NodeId> nodes;
  private final int layers;
  private final long[] roomBytes;
  private final double[] workMs;
  private final int[] visits;
  private final Map<NodeId, Double> withNode = new HashMap<>();
  private double least = Double.POSITIVE_INFINITY;

  EveryPlan(PlanningRequest request) {
    this.request = request;
    this.constraints = request.constraints();
    this.rules = new PlanRules(request);
    this.costs = new CostModel(request);
    this.nodes = rules.nodes().stream().map(NodeProfile::node).toList();
    this.layers = request.model().layerCount();
    this.roomBytes = new long[nodes.size()];
    this.workMs = new double[nodes.size()];
    this.visits = new int[nodes.size()];
    for (int node = 0; node < nodes.size(); node++) {
      MemoryEstimate empty = memory(node, NO_LAYERS, ShardPlace.MIDDLE);
      roomBytes[node] =
          rules.offer(nodes.get(node)).usableBytes()
              - empty.overheadBytes()
              - empty.headroomBytes();
    }
    long embedding = memory(0, NO_LAYERS, new ShardPlace(true, false)).weightsBytes();
    begin(0, embedding, costs.decodeFixedMs(nodes.get(0), true, false, 1));
    double prefillMs = costs.prefillFixedMs(nodes.get(0), true, false, 0);
    place(0, 0, new Sums(workMs[0], prefillMs));
  }

  /** Milliseconds of a decode step and of the prefill so far. */
  private record Sums(double tokenMs, double prefillMs) {
    Sums plus(double token, double prefill) {
      return new Sums(tokenMs + token, prefillMs + prefill);
    }
  }

  /** The least value; infinite where no plan keeps to the rules. */
  double least() {
    return least;
  }

  /** The least value of the plans that use a node. */
  double leastWith(NodeId node) {
    return withNode.getOrDefault(node, Double.POSITIVE_INFINITY);
  }

  private MemoryEstimate memory(int node, LayerRange range, ShardPlace place) {
    return rules.memory(nodes.get(node), range, place, true);
  }

  private void begin(int node, long moreBytes, double ms) {
    roomBytes[node] -= moreBytes + memory(node, NO_LAYERS, ShardPlace.MIDDLE).activationsBytes();
    workMs[node] += ms;
    visits[node]++;
  }

  private void end(int node, long moreBytes, double ms) {
    roomBytes[node] += moreBytes + memory(node, NO_LAYERS, ShardPlace.MIDDLE).activationsBytes();
    workMs[node] -= ms;
    visits[node]--;
  }

  private void place(int layer, int at, Sums sums) {
    if (roomBytes[at] < 0) {
      return;
    }
    if (layer == layers) {
      head(at, sums);
    } else {
      layer(layer, at, sums);
    }
    for (int to = 0; to < nodes.size(); to++) {
      if (to != at && (constraints.revisits() || visits[to] == 0)) {
        double ms = costs.decodeFixedMs(nodes.get(to), false, false, 1);
        Sums there =
            sums.plus(
                ms + costs.hopMs(nodes.get(at), nodes.get(to), 1),
                costs.prefillFixedMs(nodes.get(to), false, false, 0)
                    + costs.hopMs(nodes.get(at), nodes.get(to), costs.chunks()[0]));
        begin(to, 0, ms);
        if (layer == layers) {
          head(to, there);
        } else {
          layer(layer, to, there);
        }
        end(to, 0, ms);
      }
    }
  }

  private void layer(int layer, int node, Sums sums) {
    if (rules.boundTo(layer).isPresent() && !rules.boundTo(layer).get().equals(nodes.get(node))) {
      return;
    }
    MemoryEstimate one = memory(node, new LayerRange(layer, layer + 1), ShardPlace.MIDDLE);
    long bytes = one.weightsBytes() + one.kvCacheBytes();
    double ms = costs.decodeLayerMs(nodes.get(node), 1);
    roomBytes[node] -= bytes;
    workMs[node] += ms;
    place(layer + 1, node, sums.plus(ms, costs.prefillLayerMs(nodes.get(node), 0)));
    workMs[node] -= ms;
    roomBytes[node] += bytes;
  }

  private void head(int node, Sums sums) {
    MemoryEstimate with = memory(node, NO_LAYERS, new ShardPlace(false, true));
    MemoryEstimate without = memory(node, NO_LAYERS, ShardPlace.MIDDLE);
    boolean fits = roomBytes[node] >= with.totalBytes() - without.totalBytes();
    if (!fits || (constraints.headOnSource() && node != 0)) {
      return;
    }
    NodeId id = nodes.get(node);
    double ms = costs.decodeFixedMs(id, false, true, 1) - costs.decodeFixedMs(id, false, false, 1);
    double prefillMs =
        costs.prefillFixedMs(id, false, true, 0) - costs.prefillFixedMs(id, false, false, 0);
    workMs[node] += ms;
    judge(sums.plus(ms + costs.returnMs(id, 1), prefillMs + costs.returnMs(id, 1)));
    workMs[node] -= ms;
  }

  private void judge(Sums sums) {
    double value = value(sums);
    least = Math.min(least, value);
    for (int node = 0; node < nodes.size(); node++) {
      if (visits[node] > 0) {
        withNode.merge(nodes.get(node), value, Math::min);
      }
    }
  }

  private double value(Sums sums) {
    if (request.objective() instanceof Objective.LeastTokenTime) {
      return sums.tokenMs();
    }
    if (request.objective() instanceof Objective.LeastEnergyPerToken energy) {
      boolean isSlow = energy.maxTokenMs().orElse(Double.POSITIVE_INFINITY) < sums.tokenMs();
      return isSlow ? Double.POSITIVE_INFINITY : joules(sums.tokenMs());
    }
    return sums.prefillMs() + (request.typical().newTokens() - 1) * sums.tokenMs();
  }

  private double joules(double tokenMs) {
    double millijoules = 0;
    for (int node = 0; node < nodes.size(); node++) {
      if (visits[node] > 0) {
        PowerDraw draw = costs.node(nodes.get(node)).power().orElseThrow();
        millijoules += draw.idleWatts() * tokenMs;
        millijoules += (draw.busyWatts() - draw.idleWatts()) * workMs[node];
      }
    }
    return millijoules / 1000;
  }
}
