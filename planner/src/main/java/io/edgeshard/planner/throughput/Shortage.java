package io.edgeshard.planner.throughput;

import static io.edgeshard.planner.plan.MemoryEstimate.mebibytes;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.cost.ShardPlace;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.model.LayerRange;
import java.util.List;
import java.util.OptionalDouble;

/** Says why there is no plan: the limit of the time per token, or memory. */
final class Shortage {
  private final PlanningRequest request;
  private final MostTokensPerSecond most;

  Shortage(PlanningRequest request, MostTokensPerSecond most) {
    this.request = request;
    this.most = most;
  }

  Infeasible explained() {
    if (most.maxTokenMs().isEmpty()) {
      return memory();
    }
    MostTokensPerSecond alone = new MostTokensPerSecond(most.mode(), 1, OptionalDouble.empty());
    return new ThroughputPlanner().plan(request.withObjective(alone)) instanceof Planned planned
        ? new Infeasible(
            "no plan gives a token every %.1f ms, one sequence alone takes %.1f ms: allow more, or add a faster node"
                .formatted(
                    most.maxTokenMs().getAsDouble(), planned.explanation().prediction().tokenMs()),
            0)
        : memory();
  }

  private Infeasible memory() {
    PlanRules rules = new PlanRules(request);
    List<NodeProfile> nodes = rules.nodes();
    LayerRange all = request.model().allLayers();
    long needed =
        rules.memory(request.source(), all, new ShardPlace(true, true), false).totalBytes();
    long available = 0;
    for (NodeProfile node : nodes) {
      LayerRange none = new LayerRange(0, 0);
      long bare = rules.memory(node.node(), none, ShardPlace.MIDDLE, true).totalBytes();
      available += Math.max(0, rules.offer(node.node()).usableBytes() - bare);
    }
    return new Infeasible(
        "no order of nodes holds the model: it needs %s besides processes and head-room, and %d nodes have %s for it: add a node, raise a cap, or promise less context or fewer sequences"
            .formatted(mebibytes(needed), nodes.size(), mebibytes(available)),
        Math.max(0, needed - available));
  }
}
