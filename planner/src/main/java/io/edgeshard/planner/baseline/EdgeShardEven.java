package io.edgeshard.planner.baseline;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.explain.PlanJudge;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Equal shares for all nodes, or for those of a given plan in its order (the paper's
 * EdgeShard-Even, on the devices of EdgeShard's plan). Layers that are left over go to the last
 * nodes, one each; of more nodes than layers the last by id are left out.
 */
public final class EdgeShardEven implements Planner {
  /** The name on command lines and in explanations. */
  public static final String NAME = "edgeshard-even";

  private final List<NodeId> given;

  /** Over all nodes that may take part: the source, then the others by node id. */
  public EdgeShardEven() {
    this.given = List.of();
  }

  /** Over the nodes of a plan, in its order. */
  public EdgeShardEven(ShardPlan plan) {
    this.given = plan.nodes();
  }

  @Override
  public PlanningResult plan(PlanningRequest request) {
    PlanRules rules = new PlanRules(request);
    int layers = request.model().layerCount();
    List<NodeId> nodes =
        (given.isEmpty() ? rules.nodes().stream().map(NodeProfile::node) : given.stream())
            .limit(layers)
            .toList();
    for (NodeId node : nodes) {
      if (request.cluster().find(node).isEmpty()) {
        return new Infeasible(
            "%s is to share layers over %s, but the cluster has no such node".formatted(NAME, node),
            0);
      }
    }
    int count = nodes.size();
    int[] shares =
        IntStream.range(0, count).map(i -> layers * (i + 1) / count - layers * i / count).toArray();
    return nodes.isEmpty()
        ? new Infeasible("every node is excluded: allow some", 0)
        : new PlanJudge(request).judged(NAME, rules.plan(nodes, shares));
  }
}
