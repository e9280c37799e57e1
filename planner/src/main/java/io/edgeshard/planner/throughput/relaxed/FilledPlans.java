package io.edgeshard.planner.throughput.relaxed;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.CostModel;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.planner.throughput.kind.NodeKind;
import io.edgeshard.planner.throughput.relaxed.WayInBound.Share;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans to start from: the shares that the relaxation gives to nodes, put into an order. The node
 * with the cheapest head and way back is last, and from the source on each next is the nearest.
 */
final class FilledPlans {
  private final CostModel costs;
  private final PlanRules rules;
  private final List<NodeKind> kinds;
  private final NodeId source;
  private final int sourceLayers;

  FilledPlans(PlanningRequest request, List<NodeKind> kinds, int sourceLayers) {
    this.costs = new CostModel(request);
    this.rules = new PlanRules(request);
    this.kinds = kinds;
    this.source = request.source();
    this.sourceLayers = sourceLayers;
  }

  /** A plan with these shares for a batch; whether it keeps to the rules is not asked. */
  ShardPlan plan(List<Share> shares, int batch) {
    Map<NodeId, Integer> layers = layers(shares);
    List<NodeId> order = order(layers, batch);
    return rules.plan(order, order.stream().mapToInt(layers::get).toArray());
  }

  private Map<NodeId, Integer> layers(List<Share> shares) {
    Map<NodeId, Integer> layers = new HashMap<>();
    layers.put(source, sourceLayers);
    for (Share share : shares) {
      int left = (int) Math.round(share.layers());
      for (NodeId member : kinds.get(share.kind()).members()) {
        int given = Math.min(left, share.each());
        if (given > 0) {
          layers.merge(member, given, Integer::sum);
        }
        left -= given;
      }
    }
    return layers;
  }

  private List<NodeId> order(Map<NodeId, Integer> layers, int batch) {
    List<NodeId> open = new ArrayList<>(layers.keySet().stream().sorted().toList());
    open.remove(source);
    List<NodeId> order = new ArrayList<>(List.of(source));
    NodeId last = source;
    if (!open.isEmpty()) {
      last =
          open.stream().min(Comparator.comparingDouble(node -> endMs(node, batch))).orElseThrow();
      open.remove(last);
    }
    while (!open.isEmpty()) {
      NodeId at = order.get(order.size() - 1);
      NodeId next =
          open.stream()
              .min(Comparator.comparingDouble(node -> costs.hopMs(at, node, batch)))
              .orElseThrow();
      open.remove(next);
      order.add(next);
    }
    if (!last.equals(source)) {
      order.add(last);
    }
    return order;
  }

  private double endMs(NodeId node, int batch) {
    return costs.decodeFixedMs(node, false, true, batch)
        - costs.decodeFixedMs(node, false, false, batch)
        + costs.returnMs(node, batch);
  }
}
